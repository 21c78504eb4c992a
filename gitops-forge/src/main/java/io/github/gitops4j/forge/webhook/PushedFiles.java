package io.github.gitops4j.forge.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Adds up the lists of files that commits of a payload have, if they are whole. */
final class PushedFiles {
  private static final List<String> LISTS = List.of("added", "modified", "removed");

  /** What is of interest for this in a payload. */
  static final String[] PATHS = {
    "commits[].added[]", "commits[].modified[]", "commits[].removed[]"
  };

  private PushedFiles() {}

  /**
   * Returns what changed.
   *
   * @param total how many commits there are, if the payload says that
   * @param mostCommits how many commits a payload lists at most
   * @param mostFiles how many files it lists for a commit at most
   */
  static ChangedFiles of(
      Payload payload,
      RefUpdate.Change change,
      OptionalLong total,
      int mostCommits,
      int mostFiles) {
    // What a new branch differs in, or one that was moved by force, no list of commits tells.
    if (change != RefUpdate.Change.MOVED || !payload.at("commits").isList()) {
      return new ChangedFiles.Unknown();
    }
    List<Payload> commits = payload.items("commits");
    long all = total.orElse(commits.size() < mostCommits ? commits.size() : Long.MAX_VALUE);
    boolean cut = !payload.isWholeList("commits") || all > commits.size();
    ChangedFiles listed = sum(commits, mostFiles);
    if (cut && listed instanceof ChangedFiles.Known) {
      return new ChangedFiles.Truncated();
    }
    return commits.isEmpty() ? new ChangedFiles.Unknown() : listed;
  }

  private static ChangedFiles sum(List<Payload> commits, int mostFiles) {
    List<String> paths = new ArrayList<>();
    boolean cut = false;
    for (Payload commit : commits) {
      int ofCommit = 0;
      for (String list : LISTS) {
        if (!commit.at(list).isList()) {
          return new ChangedFiles.Unknown();
        }
        for (Payload path : commit.items(list)) {
          Optional<String> text = path.asText();
          if (text.isEmpty()) {
            return new ChangedFiles.Unknown();
          }
          paths.add(text.get());
          ofCommit++;
        }
        cut |= !commit.isWholeList(list);
      }
      cut |= ofCommit >= mostFiles;
    }
    return cut ? new ChangedFiles.Truncated() : new ChangedFiles.Known(paths);
  }
}
