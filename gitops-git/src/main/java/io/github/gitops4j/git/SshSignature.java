package io.github.gitops4j.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Verifies signatures of {@code ssh-keygen -Y sign}; their format is OpenSSH's PROTOCOL.sshsig. */
final class SshSignature {
  static final String NAMESPACE = "git";
  static final byte[] MAGIC = "SSHSIG".getBytes(StandardCharsets.US_ASCII);
  static final int VERSION = 1;
  private static final Map<String, String> HASHES =
      Map.of("sha256", "SHA-256", "sha512", "SHA-512");
  private static final Map<String, Set<String>> ALGORITHMS =
      Map.of(
          "ssh-ed25519", Set.of("ssh-ed25519"),
          "ecdsa-sha2-nistp256", Set.of("ecdsa-sha2-nistp256"),
          "ecdsa-sha2-nistp384", Set.of("ecdsa-sha2-nistp384"),
          "ecdsa-sha2-nistp521", Set.of("ecdsa-sha2-nistp521"),
          "ssh-rsa", Set.of("rsa-sha2-256", "rsa-sha2-512"));

  private final PublicKey key;
  private final String namespace;
  private final String hash;
  private final byte[] signature;

  private SshSignature(PublicKey key, String namespace, String hash, byte[] signature) {
    this.key = key;
    this.namespace = namespace;
    this.hash = hash;
    this.signature = signature;
  }

  /** Returns who signed, if it is one of the allowed and not revoked. */
  static String signer(SignedObject object, List<SshSigner> allowed, List<PublicKey> revoked)
      throws UntrustedException {
    SshSignature signature;
    boolean genuine;
    try {
      signature = parse(object.signature());
      genuine = signature.verifies(object.bytes());
    } catch (UntrustedException e) {
      throw e;
    } catch (Exception e) {
      // The library throws a great many kinds for bytes that are no key or no signature.
      throw new UntrustedException("its ssh signature is damaged");
    }
    if (!genuine) {
      throw new UntrustedException("its ssh signature does not match its content");
    }
    return signature.owner(object, allowed, revoked);
  }

  private String owner(SignedObject object, List<SshSigner> allowed, List<PublicKey> revoked)
      throws UntrustedException {
    String print = KeyUtils.getFingerPrint(key);
    if (revoked.stream().anyMatch(one -> KeyUtils.compareKeys(one, key))) {
      throw new UntrustedException("the key " + print + " is revoked");
    }
    UntrustedException refusal =
        new UntrustedException("the key " + print + " is not one of the allowed signers");
    for (SshSigner signer : allowed) {
      if (KeyUtils.compareKeys(signer.key(), key)) {
        try {
          signer.check(namespace, object.time());
          return signer.principals() + " (" + print + ")";
        } catch (UntrustedException e) {
          refusal = e;
        }
      }
    }
    throw refusal;
  }

  private static SshSignature parse(String armored) throws Exception {
    String text =
        armored
            .replace(SignedObject.SSH, "")
            .replace("-----END SSH SIGNATURE-----", "")
            .replaceAll("\\s", "");
    Buffer buffer = new ByteArrayBuffer(Base64.getDecoder().decode(text));
    byte[] magic = new byte[MAGIC.length];
    buffer.getRawBytes(magic);
    if (!Arrays.equals(magic, MAGIC) || buffer.getInt() != VERSION) {
      throw new UntrustedException("its ssh signature has an unknown version");
    }
    PublicKey key = new ByteArrayBuffer(buffer.getBytes()).getRawPublicKey();
    String namespace = buffer.getString();
    buffer.getBytes();
    String hash = buffer.getString();
    byte[] signature = buffer.getBytes();
    if (!namespace.equals(NAMESPACE)) {
      throw new UntrustedException("its ssh signature is for the namespace " + quoted(namespace));
    } else if (!HASHES.containsKey(hash) || buffer.available() != 0) {
      throw new UntrustedException("its ssh signature has an unknown form");
    }
    return new SshSignature(key, namespace, hash, signature);
  }

  private static String quoted(String text) {
    return text.length() > 40 || !text.matches("[!-~]*") ? "of another kind" : text;
  }

  private boolean verifies(byte[] payload) throws Exception {
    String algorithm = new ByteArrayBuffer(signature).getString();
    Set<String> fitting = ALGORITHMS.getOrDefault(KeyUtils.getKeyType(key), Set.of());
    if (!fitting.contains(algorithm)) {
      throw new UntrustedException("its ssh signature is of a kind that is not supported");
    }
    Signature verifier = BuiltinSignatures.fromFactoryName(algorithm).create();
    verifier.initVerifier(null, key);
    verifier.update(null, signed(payload));
    return verifier.verify(null, signature);
  }

  private byte[] signed(byte[] payload) throws NoSuchAlgorithmException {
    return signed(namespace, hash, payload);
  }

  /** Returns what the key signs: not the content itself, but its digest and what it is for. */
  static byte[] signed(String namespace, String hash, byte[] payload)
      throws NoSuchAlgorithmException {
    Buffer buffer = new ByteArrayBuffer();
    buffer.putRawBytes(MAGIC);
    buffer.putString(namespace);
    buffer.putString("");
    buffer.putString(hash);
    buffer.putBytes(MessageDigest.getInstance(String.valueOf(HASHES.get(hash))).digest(payload));
    return buffer.getCompactData();
  }
}
