package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.function.Function;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.PGPDigestCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;

/** An OpenPGP key that signs. */
final class PgpSigning {
  private final PGPKeyPair pair;
  private PGPPublicKey published;

  private PgpSigning(PGPKeyPair pair, PGPPublicKey published) {
    this.pair = pair;
    this.published = published;
  }

  /**
   * Makes a key.
   *
   * @param valid for how long; zero is for ever
   */
  static PgpSigning key(Instant made, Duration valid) throws PGPException {
    Ed25519KeyPairGenerator generator = new Ed25519KeyPairGenerator();
    generator.init(new Ed25519KeyGenerationParameters(new SecureRandom()));
    PGPKeyPair pair =
        new BcPGPKeyPair(
            PublicKeyPacket.VERSION_4,
            PublicKeyAlgorithmTags.EDDSA_LEGACY,
            generator.generateKeyPair(),
            Date.from(made));
    PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
    packets.setSignatureCreationTime(false, Date.from(made));
    packets.setKeyExpirationTime(false, valid.toSeconds());
    PGPSignatureGenerator self = generator(pair, PGPSignature.POSITIVE_CERTIFICATION);
    self.setHashedSubpackets(packets.generate());
    PGPSignature certification =
        self.generateCertification("Pat <pat@example.com>", pair.getPublicKey());
    return new PgpSigning(
        pair,
        PGPPublicKey.addCertification(pair.getPublicKey(), "Pat <pat@example.com>", certification));
  }

  private static PGPSignatureGenerator generator(PGPKeyPair pair, int type) throws PGPException {
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcPGPContentSignerBuilder(
                PublicKeyAlgorithmTags.EDDSA_LEGACY, HashAlgorithmTags.SHA256),
            pair.getPublicKey());
    generator.init(type, pair.getPrivateKey());
    return generator;
  }

  PgpSigning revoke() throws PGPException {
    PGPSignature revocation =
        generator(pair, PGPSignature.KEY_REVOCATION).generateCertification(pair.getPublicKey());
    published = PGPPublicKey.addCertification(published, revocation);
    return this;
  }

  String armoredKey() throws IOException {
    return armor(published.getEncoded());
  }

  /** Returns the secret key, encrypted. */
  String armoredSecretKey(String passphrase) throws PGPException, IOException {
    PGPDigestCalculator sha1 = new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1);
    PGPSecretKey secret =
        new PGPSecretKey(
            pair.getPrivateKey(),
            published,
            sha1,
            true,
            new BcPBESecretKeyEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                .build(passphrase.toCharArray()));
    return armor(secret.getEncoded());
  }

  Function<byte[], String> at(Instant time) {
    return payload -> {
      try {
        PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
        packets.setSignatureCreationTime(false, Date.from(time));
        packets.setIssuerKeyID(false, pair.getKeyID());
        PGPSignatureGenerator generator = generator(pair, PGPSignature.BINARY_DOCUMENT);
        generator.setHashedSubpackets(packets.generate());
        generator.update(payload);
        return armor(generator.generate().getEncoded());
      } catch (PGPException | IOException e) {
        throw new IllegalStateException("signing failed", e);
      }
    };
  }

  private static String armor(byte[] packets) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (ArmoredOutputStream out = new ArmoredOutputStream(text)) {
      out.write(packets);
    }
    return text.toString(US_ASCII);
  }
}
