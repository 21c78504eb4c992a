package io.github.gitops4j.kubernetes.cel;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.kubernetes.manifest.ManifestObject;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.YamlReader;
import java.util.ArrayList;
import java.util.List;

/**
 * Policies as a cluster has them, {@code ValidatingAdmissionPolicy}, asked about declared objects
 * before any server is. Those that are declared among the objects count where they are bound, as
 * they will on the server; others are given.
 *
 * <p>An object is judged as if it was created. No finding holds a value of it. What cannot be known
 * without a server, such as who writes, is a warning, once for each policy.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class AdmissionPolicies {
  private final List<Document> given;

  private AdmissionPolicies(List<Document> given) {
    this.given = List.copyOf(given);
  }

  /** Begins policies. */
  public static Builder builder() {
    return new Builder();
  }

  /** Begins one run over objects. */
  public InputCheck check() {
    return new PolicyCheck(given);
  }

  /**
   * Collects policies that are not among the objects.
   *
   * <p>Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final List<Document> given = new ArrayList<>();

    private Builder() {}

    /**
     * Adds the objects of a file: policies, what binds them, their parameters, and namespaces. A
     * policy that nothing binds refuses what it finds, wherever it is.
     *
     * @param file name for messages
     * @param content nobody changes it any more
     * @throws InvalidInputException if it cannot be read, or holds no object
     */
    public Builder add(String file, byte[] content) {
      requireNonNull(content, "content");
      int before = given.size();
      for (DocumentPart part : YamlReader.create().read(file, content)) {
        ManifestObject.in(part.document(), part.line())
            .forEach(object -> given.add(Document.of(object.value())));
      }
      if (given.size() == before) {
        throw new InvalidInputException(file, 0, 0, "expected policies; there is nothing");
      }
      return this;
    }

    /** Returns the policies; the builder is done. */
    public AdmissionPolicies build() {
      return new AdmissionPolicies(given);
    }
  }
}
