package io.github.gitops4j.kubernetes.internal.fields;

import io.github.gitops4j.resource.ContentDigest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name under which an owner applies, and back.
 *
 * <p>Immutable.
 *
 * @param owner the owner id: installation and application
 * @param name the field manager
 * @since 0.1.0
 */
public record ManagerName(String owner, String name) {
  private static final String PREFIX = "gitops4j:";
  private static final int LONGEST = 128;
  private static final int DIGEST_DIGITS = 16;

  /** Returns the field manager of an owner; a long name is cut and ends in a digest. */
  public static ManagerName of(String owner) {
    String name = PREFIX + owner;
    if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
      return new ManagerName(owner, name);
    }
    String tail = "~" + ContentDigest.of(owner).hex().substring(0, DIGEST_DIGITS);
    int end = owner.length();
    while ((PREFIX + owner.substring(0, end) + tail).getBytes(StandardCharsets.UTF_8).length
        > LONGEST) {
      end--;
    }
    return new ManagerName(owner, PREFIX + owner.substring(0, end) + tail);
  }

  /** Returns the owner that a field manager of ours names, possibly cut. */
  public static Optional<String> ownerOf(String manager) {
    return manager.startsWith(PREFIX)
        ? Optional.of(manager.substring(PREFIX.length()))
        : Optional.empty();
  }

  /** Returns the owner as the marks of live objects show it. */
  public String mark() {
    return name.substring(PREFIX.length());
  }
}
