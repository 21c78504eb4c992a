package io.github.gitops4j.git;

import com.github.zafarkhaja.semver.Version;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Ref;

/** Chooses among the tags of a remote. */
final class VersionTags {
  private static final String TAGS = "refs/tags/";

  private VersionTags() {}

  private record Tagged(Version version, Ref ref) {}

  /**
   * Returns the tag with the highest version of a range. Versions that differ in build metadata
   * only, which have no order, are taken in that of their metadata, so that the answer is always
   * the same; two tags of one version have to be on one commit.
   *
   * @throws SourceException if there is none, or it is not clear which
   */
  static Revision highest(GitUrl url, String range, List<Ref> refs) {
    VersionRange wanted = VersionRange.parse(range);
    List<Tagged> found =
        refs.stream()
            .flatMap(ref -> tagged(ref).stream())
            .filter(tag -> wanted.contains(tag.version()))
            .sorted(
                Comparator.comparing(Tagged::version)
                    .reversed()
                    .thenComparing(tag -> tag.ref().getName()))
            .toList();
    if (found.isEmpty()) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, url + ": resolving failed: no tag is in the range " + range);
    }
    Revision best = GitSource.revision(found.get(0).ref());
    for (Tagged other : found) {
      Revision revision = GitSource.revision(other.ref());
      if (other.version().equals(found.get(0).version()) && !revision.sameContentAs(best)) {
        throw new SourceException(
            FailureCategory.INVALID_INPUT,
            url + ": resolving failed: one version at two commits: " + best + ", " + revision);
      }
    }
    return best;
  }

  private static Optional<Tagged> tagged(Ref ref) {
    if (!ref.getName().startsWith(TAGS) || ref.getObjectId() == null) {
      return Optional.empty();
    }
    return PartialVersion.ofTag(ref.getName().substring(TAGS.length()))
        .map(version -> new Tagged(version, ref));
  }
}
