package io.github.gitops4j.kubernetes.health;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells by the reason of a condition that is not met whether waiting alone will help. Reasons are
 * words written together, such as {@code InstallFailed}; there is no list of them, but controllers
 * use few words for what has failed, and others for what is tried again.
 */
final class TerminalReason {
  private static final Set<String> FAILED =
      Set.of(
          "Aborted",
          "Denied",
          "Err",
          "Error",
          "Errors",
          "Exceeded",
          "Expired",
          "Failed",
          "Failure",
          "Fatal",
          "Forbidden",
          "Invalid",
          "Misconfigured",
          "Rejected",
          "Stalled",
          "Terminal",
          "Unauthorized",
          "Unsupported");

  private static final Set<String> GOING_ON =
      Set.of("Pending", "Progressing", "Retry", "Retrying", "Waiting");

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+");

  private TerminalReason() {}

  static boolean is(String reason) {
    List<String> words = List.of(BETWEEN_WORDS.split(reason, -1));
    return !Collections.disjoint(words, FAILED) && Collections.disjoint(words, GOING_ON);
  }
}
