package io.github.gitops4j.git;

/** What a server says to a push. */
sealed interface PushAnswer {
  /** The branch is at the commit. */
  record Accepted() implements PushAnswer {}

  /** The branch is not where the push expected it; nothing was sent. */
  record Moved() implements PushAnswer {}

  /**
   * The server took nothing.
   *
   * @param words its reason
   */
  record Refused(String words) implements PushAnswer {}
}
