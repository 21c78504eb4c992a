package io.github.gitops4j.kubernetes.diff;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What of an object is secret, and how a Secret holds it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecretFields {
  private static final FieldPath LAST_APPLIED =
      FieldPath.root()
          .field("metadata")
          .field("annotations")
          .field("kubectl.kubernetes.io/last-applied-configuration");

  private static final List<FieldPath> OF_ANY = List.of(LAST_APPLIED);
  private static final List<FieldPath> OF_SECRET =
      List.of(LAST_APPLIED, FieldPath.root().field("data"), FieldPath.root().field("stringData"));

  private SecretFields() {}

  /** Says whether an object is a Secret of Kubernetes. */
  public static boolean isSecret(ResourceKey key) {
    return key.group().isEmpty() && key.kind().equals("Secret");
  }

  /** Returns what is never shown: of any object the copy of what {@code kubectl} applied. */
  public static List<FieldPath> of(ResourceKey key) {
    return isSecret(key) ? OF_SECRET : OF_ANY;
  }

  /** Returns an object as the server stores it: what is in the stringData of a Secret is data. */
  static Mapping stored(ResourceKey key, Mapping object) {
    if (!isSecret(key) || !(object.get("stringData").orElse(null) instanceof Mapping)) {
      return object;
    }
    Mapping.Builder stored = Mapping.builder();
    for (int i = 0; i < object.size(); i++) {
      if (!object.key(i).equals("stringData") && !object.key(i).equals("data")) {
        stored.put(object.key(i), object.value(i));
      }
    }
    return stored.put("data", data(object)).build();
  }

  /** Returns the data of a Secret as the server stores it, {@code stringData} folded in. */
  public static Mapping data(Mapping secret) {
    Mapping.Builder data =
        secret.get("data").orElse(null) instanceof Mapping encoded
            ? encoded.toBuilder()
            : Mapping.builder();
    if (secret.get("stringData").orElse(null) instanceof Mapping plain) {
      for (int i = 0; i < plain.size(); i++) {
        data.set(plain.key(i), base64(plain.value(i)));
      }
    }
    return data.build();
  }

  private static Value base64(Value plain) {
    return plain instanceof Text text
        ? Text.of(Base64.getEncoder().encodeToString(text.value().getBytes(StandardCharsets.UTF_8)))
        : plain;
  }
}
