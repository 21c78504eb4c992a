package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an object that was seen, or that was not there.
 *
 * <p>Immutable.
 *
 * @param version the version of what was seen, or of the end; empty text if it is not known
 * @param resource what was seen, without its content; nothing if it was not there
 * @param terminating whether it was asked to go
 */
record Sighting(String version, @Nullable LiveResource resource, boolean terminating) {
  private static final Sighting NOTHING = new Sighting("", null, false);

  static Sighting of(ResourceKey key, ServerObject object, ManagerName manager) {
    return of(object.observed(key, manager), object.isTerminating());
  }

  /** Keeps what is small of an object. */
  static Sighting of(LiveResource seen, boolean terminating) {
    LiveResource small =
        new LiveResource(
            seen.key(), seen.token(), seen.digest(), seen.uid(), seen.owner(), Optional.empty());
    return new Sighting(seen.token(), small, terminating);
  }

  static Sighting nothing() {
    return NOTHING;
  }

  static Sighting goneAt(String version) {
    return new Sighting(version, null, false);
  }

  /** Says whether another one is of the same content, whatever its status is. */
  boolean isOfSameContent(Sighting other) {
    if (resource == null || other.resource == null) {
      return resource == null && other.resource == null;
    }
    return terminating == other.terminating
        && resource.uid().equals(other.resource.uid())
        && resource.digest().equals(other.resource.digest())
        && resource.owner().equals(other.resource.owner());
  }

  /**
   * Says whether it is not newer than another one. Versions of one API server are numbers that
   * grow; where they are not, only equal ones can be told.
   *
   * @see <a href="https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-versions">
   *     Kubernetes API concepts</a>
   */
  boolean isNotNewerThan(Sighting other) {
    if (version.isEmpty() || other.version.isEmpty()) {
      return false;
    }
    try {
      return Long.parseLong(version) <= Long.parseLong(other.version);
    } catch (NumberFormatException e) {
      return version.equals(other.version);
    }
  }
}
