package io.github.gitops4j.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPPublicKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureList;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;

/** Verifies OpenPGP signatures. Only who has one to verify loads this class and its library. */
final class PgpSignature {
  private static final Set<Integer> HASHES =
      Set.of(
          HashAlgorithmTags.SHA224,
          HashAlgorithmTags.SHA256,
          HashAlgorithmTags.SHA384,
          HashAlgorithmTags.SHA512,
          HashAlgorithmTags.SHA3_256,
          HashAlgorithmTags.SHA3_512);

  private PgpSignature() {}

  /** Returns who signed, if its key is among the armored ones, valid then and not revoked. */
  static String signer(SignedObject object, List<String> armoredKeys) throws UntrustedException {
    try {
      PGPSignature signature = parse(object.signature());
      for (PGPPublicKeyRing ring : rings(armoredKeys)) {
        PGPPublicKey key = ring.getPublicKey(signature.getKeyID());
        if (key != null) {
          verify(signature, key, object.bytes());
          Instant time = signature.getCreationTime().toInstant();
          check(key, time);
          check(ring.getPublicKey(), time);
          return name(ring.getPublicKey());
        }
      }
      throw new UntrustedException(
          "the key "
              + Long.toHexString(signature.getKeyID())
              + " is not one of the allowed signers");
    } catch (IOException | PGPException | RuntimeException e) {
      throw new UntrustedException("its openpgp signature or a key of the signers is damaged");
    }
  }

  private static PGPSignature parse(String armored) throws IOException, UntrustedException {
    try (InputStream in = armor(armored)) {
      Object found = new PGPObjectFactory(in, new BcKeyFingerprintCalculator()).nextObject();
      if (!(found instanceof PGPSignatureList list) || list.size() != 1) {
        throw new UntrustedException("it has no openpgp signature, or several");
      }
      PGPSignature signature = list.get(0);
      if (signature.getSignatureType() != PGPSignature.BINARY_DOCUMENT) {
        throw new UntrustedException("its openpgp signature is not one of a document");
      } else if (!HASHES.contains(signature.getHashAlgorithm())) {
        throw new UntrustedException("its openpgp signature uses a weak hash");
      } else if (signature.getHashedSubPackets() == null
          || signature.getHashedSubPackets().getSignatureExpirationTime() != 0) {
        throw new UntrustedException("its openpgp signature expires, which is not supported");
      }
      return signature;
    }
  }

  private static List<PGPPublicKeyRing> rings(List<String> armoredKeys)
      throws IOException, PGPException {
    List<PGPPublicKeyRing> rings = new ArrayList<>();
    for (String armored : armoredKeys) {
      try (InputStream in = armor(armored)) {
        new PGPPublicKeyRingCollection(in, new BcKeyFingerprintCalculator()).forEach(rings::add);
      }
    }
    return rings;
  }

  private static InputStream armor(String text) throws IOException {
    return new ArmoredInputStream(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static void verify(PGPSignature signature, PGPPublicKey key, byte[] payload)
      throws PGPException, UntrustedException {
    signature.init(new BcPGPContentVerifierBuilderProvider(), key);
    signature.update(payload);
    if (!signature.verify()) {
      throw new UntrustedException("its openpgp signature does not match its content");
    }
  }

  private static void check(PGPPublicKey key, Instant time) throws UntrustedException {
    Instant made = key.getCreationTime().toInstant();
    if (key.hasRevocation()) {
      throw new UntrustedException("the key " + print(key) + " is revoked");
    } else if (time.isBefore(made)) {
      throw new UntrustedException("the key " + print(key) + " was not valid yet");
    } else if (key.getValidSeconds() > 0
        && time.isAfter(made.plus(Duration.ofSeconds(key.getValidSeconds())))) {
      throw new UntrustedException("the key " + print(key) + " had expired");
    }
  }

  private static String name(PGPPublicKey primary) {
    Iterator<String> users = primary.getUserIDs();
    return (users.hasNext() ? users.next() : "no name") + " (" + print(primary) + ")";
  }

  private static String print(PGPPublicKey key) {
    return HexFormat.of().withUpperCase().formatHex(key.getFingerprint());
  }
}
