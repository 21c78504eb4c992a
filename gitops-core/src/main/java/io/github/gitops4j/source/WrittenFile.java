package io.github.gitops4j.source;

import io.github.gitops4j.resource.Resource;
import java.util.List;

/**
 * One file of a tree as it is written, for checks: unlike a {@link Declaration} with all that is
 * wrong, and with what is declared beside it.
 *
 * <p>Immutable.
 *
 * @param resources what is declared, in the order of the file
 * @param broken what cannot be understood
 * @param warnings what other tools may understand otherwise
 * @since 0.1.0
 */
public record WrittenFile(
    List<Resource> resources, List<BrokenInput> broken, List<InputWarning> warnings) {
  /** Copies the lists. */
  public WrittenFile {
    resources = List.copyOf(resources);
    broken = List.copyOf(broken);
    warnings = List.copyOf(warnings);
  }
}
