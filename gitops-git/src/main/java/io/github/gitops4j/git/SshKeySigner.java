package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import java.security.KeyPair;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Signs as {@code ssh-keygen -Y sign -n git} does. */
final class SshKeySigner {
  private static final String HASH = "sha512";
  private static final int LINE = 70;

  private SshKeySigner() {}

  /** Returns an armored signature. */
  static String sign(KeyPair key, byte[] payload) {
    try {
      Buffer whole = new ByteArrayBuffer();
      whole.putRawBytes(SshSignature.MAGIC);
      whole.putInt(SshSignature.VERSION);
      Buffer publicKey = new ByteArrayBuffer();
      publicKey.putRawPublicKey(key.getPublic());
      whole.putBytes(publicKey.getCompactData());
      whole.putString(SshSignature.NAMESPACE);
      whole.putString("");
      whole.putString(HASH);
      whole.putBytes(signature(key, payload));
      Base64.Encoder encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
      return SignedObject.SSH
          + "\n"
          + encoder.encodeToString(whole.getCompactData())
          + "\n"
          + "-----END SSH SIGNATURE-----"
          + "\n";
    } catch (Exception e) {
      // Without a cause: the library throws a great many kinds, and a message may quote the key.
      throw GitWriteException.of(
          FailureCategory.UNSUPPORTED, "ssh key: signing failed: " + e.getClass().getSimpleName());
    }
  }

  private static byte[] signature(KeyPair key, byte[] payload) throws Exception {
    String type = KeyUtils.getKeyType(key);
    String algorithm = type.equals("ssh-rsa") ? "rsa-sha2-512" : type;
    Signature signer = BuiltinSignatures.fromFactoryName(algorithm).create();
    signer.initSigner(null, key.getPrivate());
    signer.update(null, SshSignature.signed(SshSignature.NAMESPACE, HASH, payload));
    Buffer inner = new ByteArrayBuffer();
    inner.putString(algorithm);
    inner.putBytes(signer.sign(null));
    return inner.getCompactData();
  }
}
