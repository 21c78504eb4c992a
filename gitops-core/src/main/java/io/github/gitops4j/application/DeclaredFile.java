package io.github.gitops4j.application;

import io.github.gitops4j.error.Failure;
import java.util.List;
import java.util.Set;

/**
 * What a file declares, as far as it is right.
 *
 * <p>Immutable.
 *
 * @param specs its applications; none if the file itself is wrong, and without those that could not
 *     be made if that is only for what the generators of its sets have found
 * @param problems what is wrong; if there is anything, what the file declared before and does not
 *     declare now is not known to be gone
 * @param broken the places of the elements that no application could be made of
 * @param isEmptyAllowed whether a set in it says that it may make no application, and does not
 * @param looksElsewhere whether the same text may declare something else at another time, as a set
 *     in it looks into a source
 * @since 0.1.0
 */
public record DeclaredFile(
    List<ApplicationSpec> specs,
    List<Failure> problems,
    Set<String> broken,
    boolean isEmptyAllowed,
    boolean looksElsewhere) {
  /** Copies the collections. */
  public DeclaredFile {
    specs = List.copyOf(specs);
    problems = List.copyOf(problems);
    broken = Set.copyOf(broken);
  }

  /** Says whether what an application was made of before is here, and broken. */
  public boolean isBroken(ApplicationSpec before) {
    return before.element().filter(place -> broken.contains(place.file())).isPresent();
  }
}
