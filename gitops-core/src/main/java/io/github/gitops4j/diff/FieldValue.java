package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Value;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One side of a field change.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface FieldValue
    permits FieldValue.Absent, FieldValue.Shown, FieldValue.Hashed, FieldValue.Masked {

  /** The field is not there. */
  record Absent() implements FieldValue {
    /** The only value needed. */
    public static final Absent INSTANCE = new Absent();

    @Override
    public String toString() {
      return "absent";
    }
  }

  /**
   * The field is there and may be shown.
   *
   * @param value its value
   */
  record Shown(Value value) implements FieldValue {
    /** Checks the value. */
    public Shown {
      requireNonNull(value, "value");
    }
  }

  /**
   * The field is there, and its value is too large or not text.
   *
   * @param digest digest of its value, in the differ's own terms
   * @param size number of bytes; empty if finding out would mean to read it
   */
  record Hashed(ContentDigest digest, OptionalLong size) implements FieldValue {
    /** Checks the parts. */
    public Hashed {
      requireNonNull(digest, "digest");
      if (size.isPresent() && size.getAsLong() < 0) {
        throw new IllegalArgumentException("a size is not negative: " + size);
      }
    }
  }

  /**
   * The field is there and is a secret.
   *
   * @param hmac keyed digest of its value, so that two masks can be compared; empty without a key
   */
  record Masked(Optional<ContentDigest> hmac) implements FieldValue {
    /** Checks the digest. */
    public Masked {
      requireNonNull(hmac, "hmac");
    }

    /** Returns the mask. */
    @Override
    public String toString() {
      return Sensitive.MASK;
    }
  }
}
