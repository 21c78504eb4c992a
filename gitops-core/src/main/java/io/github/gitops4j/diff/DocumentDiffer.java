package io.github.gitops4j.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import java.util.List;

/**
 * Compares a desired document with a live one, field by field. Pure: no live system is asked.
 *
 * <p>Objects are compared field by field, arrays item by item: by position, where every difference
 * counts, or by keys, where the order does not count. A {@code null} that is written differs from a
 * field that is not there. Values below a sensitive path are masked one by one, the names of the
 * fields are shown.
 *
 * <p>Cheap to create, so ignored and sensitive paths of one resource are options of the differ.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class DocumentDiffer {
  private final AdditionPolicy additions;
  private final ListKeys listKeys;
  private final List<FieldPath> ignored;
  private final Masking masking;

  private DocumentDiffer(Builder builder) {
    this.additions = builder.additions;
    this.listKeys = builder.listKeys;
    this.ignored = builder.ignored;
    this.masking = builder.masking;
  }

  /** Starts a differ that reports every difference in the open. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Compares two documents.
   *
   * @return the changes that turn live into desired, by path; empty if there is nothing to do
   */
  public List<FieldChange> diff(Document desired, Document live) {
    if (isInSync(desired, live)) {
      return List.of();
    }
    return new ChangeCollector(additions, listKeys, masking)
        .collect(desired.root(), live.root(), ignored);
  }

  /** Answers for most resources at rest; a false is no answer yet. */
  private boolean isInSync(Document desired, Document live) {
    return additions == AdditionPolicy.IGNORE
        ? SubsetEquality.holds(desired.root(), live.root())
        : desired.root().equals(live.root());
  }

  /**
   * Collects options.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private AdditionPolicy additions = AdditionPolicy.REPORT;
    private ListKeys listKeys = ListKeys.NONE;
    private List<FieldPath> ignored = List.of();
    private Masking masking = Masking.none();

    private Builder() {}

    /**
     * Default {@link AdditionPolicy#REPORT}. Says what becomes of fields, and of items known by
     * key, that only live has.
     */
    public Builder additions(AdditionPolicy policy) {
      this.additions = requireNonNull(policy, "policy");
      return this;
    }

    /** Default {@link ListKeys#NONE}. Says which arrays are compared by key. */
    public Builder listKeys(ListKeys keys) {
      this.listKeys = requireNonNull(keys, "keys");
      return this;
    }

    /** Default none. Patterns of what does not count, with everything below. */
    public Builder ignoring(List<FieldPath> paths) {
      this.ignored = List.copyOf(paths);
      return this;
    }

    /** Default {@link Masking#none()}. Says what is a secret. */
    public Builder masking(Masking secrets) {
      this.masking = requireNonNull(secrets, "secrets");
      return this;
    }

    /** Returns the differ. */
    public DocumentDiffer build() {
      return new DocumentDiffer(this);
    }
  }
}
