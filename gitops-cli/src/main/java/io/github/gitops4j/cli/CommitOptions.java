package io.github.gitops4j.cli;

import io.github.gitops4j.forge.publish.PublishState;
import io.github.gitops4j.source.Revision;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that say what is said of which commit. */
final class CommitOptions {
  @Option(
      names = "--sha",
      required = true,
      paramLabel = "SHA",
      description = "The whole id of the commit.")
  String sha = "";

  @Option(
      names = "--ref",
      paramLabel = "REF",
      description = "Where the commit was found, such as refs/heads/main; GitLab wants to know.")
  String ref = "";

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description =
          "pending, running, success, changes, waiting, refused, failed or error; not changes for a"
              + " deployment.")
  Optional<String> state = Optional.empty();

  @Option(
      names = "--exit-code",
      paramLabel = "CODE",
      description = "Instead of --state: how a gitops command ended.")
  Optional<Integer> exitCode = Optional.empty();

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "In words; what is too long for the host is cut.")
  Optional<String> description = Optional.empty();

  Revision revision() {
    return new Revision(ref, sha.toLowerCase(Locale.ROOT));
  }

  PublishState state() {
    if (state.isPresent() == exitCode.isPresent()) {
      throw Problems.wrong("--state", "expected either --state or --exit-code");
    }
    try {
      return state.map(PublishState::parse).orElseGet(() -> ofExit(exitCode.orElseThrow()));
    } catch (IllegalArgumentException e) {
      throw Problems.wrong("--state", String.valueOf(e.getMessage()));
    }
  }

  private static PublishState ofExit(int code) {
    return switch (code) {
      case 0 -> PublishState.SUCCESS;
      case 2 -> PublishState.CHANGES;
      case 3 -> PublishState.REFUSED;
      case 4 -> PublishState.FAILED;
      default -> PublishState.ERROR;
    };
  }

  String words() {
    return description.orElseGet(
        () ->
            switch (state()) {
              case PENDING -> "not begun";
              case RUNNING -> "under way";
              case SUCCESS -> "in sync, or done";
              case CHANGES -> "there is something to do";
              case WAITING -> "a gate does not allow it yet";
              case REFUSED -> "refused by a gate or a guard";
              case FAILED -> "some of it failed";
              case ERROR -> "an error";
            });
  }
}
