package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Follows a repository whose files all say the same, and says what it saw. */
final class CachePuller {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private CachePuller() {}

  /** Runs in the child: cache, URL, what the last commit says. */
  public static void main(String[] args) throws IOException {
    try (GitCache cache = open(Path.of(args[0]))) {
      GitSource source = cache.source(GitUrl.parse(args[1])).build();
      System.out.println("ready");
      for (String seen = ""; !seen.equals(args[2]); ) {
        seen = pull(source);
        System.out.println("saw " + seen);
      }
    }
  }

  static GitCache open(Path directory) {
    return GitCache.builder(directory, JGitIsolation.install()).allowHttp().build();
  }

  /** Returns what all files say; any failure, and any mixture, is an exception. */
  static String pull(GitSource source) throws IOException {
    return read(source, source.latest(CallContext.withTimeout(PATIENCE)));
  }

  /** Returns what all files say at a revision; any failure, and any mixture, is an exception. */
  static String read(GitSource source, Revision revision) throws IOException {
    CallContext call = CallContext.withTimeout(PATIENCE);
    FetchedTree fetched = source.fetch(revision, call);
    List<TreeEntry> entries = new ArrayList<>();
    fetched.tree().forEach(entries::add, call);
    String all = "";
    for (TreeEntry entry : entries) {
      try (InputStream in = fetched.tree().open(entry)) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        String said = text.substring(text.lastIndexOf(' ') + 1);
        if (!all.isEmpty() && !all.equals(said)) {
          throw new IOException(revision + ": " + entry.path() + " says " + said + ", not " + all);
        }
        all = said;
      }
    }
    return all;
  }
}
