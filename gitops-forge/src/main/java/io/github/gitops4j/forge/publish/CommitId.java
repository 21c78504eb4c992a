package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.source.Revision;
import java.util.regex.Pattern;

/** Knows the revisions that are commits: the others have no place at a Git host. */
final class CommitId {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
  private static final String BRANCH = "refs/heads/";
  private static final String TAG = "refs/tags/";

  private CommitId() {}

  static boolean is(Revision revision) {
    return ID.matcher(revision.id()).matches();
  }

  static void check(Revision revision) {
    if (!is(requireNonNull(revision, "revision"))) {
      throw new IllegalArgumentException(
          "expected a whole commit id in lower-case hexadecimal, not " + revision.id());
    }
  }

  static boolean isTag(Revision revision) {
    return revision.ref().startsWith(TAG);
  }

  /** Returns the name of the branch or tag, or empty text if it is neither. */
  static String shortRef(Revision revision) {
    String ref = revision.ref();
    if (ref.startsWith(BRANCH)) {
      return ref.substring(BRANCH.length());
    }
    return isTag(revision) ? ref.substring(TAG.length()) : "";
  }
}
