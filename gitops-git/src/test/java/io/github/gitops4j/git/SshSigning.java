package io.github.gitops4j.git;

import io.github.gitops4j.testkit.git.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.function.Function;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.common.signature.Signature;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Signs as {@code ssh-keygen -Y sign} does; the second ring holds this against the real one. */
final class SshSigning {
  private SshSigning() {}

  static Function<byte[], String> by(TestKey key) {
    return by(key, "git");
  }

  static Function<byte[], String> by(TestKey key, String namespace) {
    return payload -> {
      try {
        return sign(key, namespace, payload);
      } catch (Exception e) {
        throw new IllegalStateException("signing failed", e);
      }
    };
  }

  private static String sign(TestKey key, String namespace, byte[] payload) throws Exception {
    String type = KeyUtils.getKeyType(key.keyPair());
    String algorithm = type.equals("ssh-rsa") ? "rsa-sha2-512" : type;
    Signature signer = BuiltinSignatures.fromFactoryName(algorithm).create();
    signer.initSigner(null, key.keyPair().getPrivate());
    signer.update(null, signed(namespace, payload));
    ByteArrayBuffer inner = new ByteArrayBuffer();
    inner.putString(algorithm);
    inner.putBytes(signer.sign(null));
    ByteArrayBuffer publicKey = new ByteArrayBuffer();
    publicKey.putRawPublicKey(key.keyPair().getPublic());
    ByteArrayBuffer whole = new ByteArrayBuffer();
    whole.putRawBytes("SSHSIG".getBytes(StandardCharsets.US_ASCII));
    whole.putInt(1);
    whole.putBytes(publicKey.getCompactData());
    whole.putString(namespace);
    whole.putString("");
    whole.putString("sha512");
    whole.putBytes(inner.getCompactData());
    return "-----BEGIN SSH SIGNATURE-----\n"
        + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(whole.getCompactData())
        + "\n-----END SSH SIGNATURE-----\n";
  }

  private static byte[] signed(String namespace, byte[] payload) throws GeneralSecurityException {
    ByteArrayBuffer buffer = new ByteArrayBuffer();
    buffer.putRawBytes("SSHSIG".getBytes(StandardCharsets.US_ASCII));
    buffer.putString(namespace);
    buffer.putString("");
    buffer.putString("sha512");
    buffer.putBytes(MessageDigest.getInstance("SHA-512").digest(payload));
    return buffer.getCompactData();
  }
}
