package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.gitops4j.error.FailureCategory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Date;
import java.util.Iterator;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPPrivateKey;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureGenerator;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyDecryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;

/** Makes OpenPGP signatures. Only who signs with such a key loads this class and its library. */
final class PgpKeySigner {
  private PgpKeySigner() {}

  /** Returns an armored, detached signature. */
  static String sign(GitSigningKey.OpenPgp key, byte[] payload, Instant time) {
    try {
      PGPSecretKey secret = signing(key.armoredKey().reveal(PgpKeySigner::ring));
      PGPPrivateKey unlocked =
          secret.extractPrivateKey(
              new BcPBESecretKeyDecryptorBuilder(new BcPGPDigestCalculatorProvider())
                  .build(
                      key.passphrase()
                          .map(given -> given.reveal(String::toCharArray))
                          .orElse(new char[0])));
      return armored(signature(secret.getPublicKey(), unlocked, payload, time));
    } catch (IOException | PGPException | RuntimeException e) {
      // Without a cause: its message may quote the key.
      throw GitWriteException.of(
          FailureCategory.UNAUTHENTICATED,
          "openpgp key: signing failed: it cannot sign, is damaged, or its passphrase is wrong");
    }
  }

  private static PGPSecretKeyRing ring(String armored) {
    try (InputStream in =
        new ArmoredInputStream(new ByteArrayInputStream(armored.getBytes(US_ASCII)))) {
      return new PGPSecretKeyRing(in, new BcKeyFingerprintCalculator());
    } catch (IOException | PGPException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static PGPSecretKey signing(PGPSecretKeyRing ring) throws PGPException {
    for (Iterator<PGPSecretKey> keys = ring.getSecretKeys(); keys.hasNext(); ) {
      PGPSecretKey key = keys.next();
      if (key.isSigningKey() && !key.isPrivateKeyEmpty()) {
        return key;
      }
    }
    throw new PGPException("no key that signs");
  }

  private static PGPSignature signature(
      PGPPublicKey key, PGPPrivateKey unlocked, byte[] payload, Instant time) throws PGPException {
    PGPSignatureSubpacketGenerator packets = new PGPSignatureSubpacketGenerator();
    packets.setSignatureCreationTime(false, Date.from(time));
    packets.setIssuerFingerprint(false, key);
    packets.setIssuerKeyID(false, key.getKeyID());
    PGPSignatureGenerator generator =
        new PGPSignatureGenerator(
            new BcPGPContentSignerBuilder(key.getAlgorithm(), HashAlgorithmTags.SHA512), key);
    generator.init(PGPSignature.BINARY_DOCUMENT, unlocked);
    generator.setHashedSubpackets(packets.generate());
    generator.update(payload);
    return generator.generate();
  }

  private static String armored(PGPSignature signature) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (ArmoredOutputStream out = ArmoredOutputStream.builder().clearHeaders().build(text)) {
      signature.encode(out);
    }
    return text.toString(US_ASCII);
  }
}
