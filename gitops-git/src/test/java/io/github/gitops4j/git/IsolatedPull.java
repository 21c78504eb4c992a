package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.GitOpsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Pulls, and maybe pushes, within a hostile environment, and says what was started meanwhile. */
final class IsolatedPull {
  private IsolatedPull() {}

  /** Runs in the child: how it is isolated, cache, URL, the file in which fake programs sign. */
  public static void main(String[] args) throws Exception {
    JGitIsolation isolation =
        args[0].equals("trusted") ? JGitIsolation.HOST_TRUSTED : JGitIsolation.install();
    if (args[0].equals("replaced")) {
      SystemReader.setInstance(null);
    }
    Path directory = Path.of(args[1]);
    try (GitCache cache = GitCache.builder(directory, isolation).allowHttp().build()) {
      GitSource source = cache.source(GitUrl.parse(args[2])).build();
      System.out.println("paths " + paths(source));
      if (args[0].equals("writing")) {
        System.out.println(write(source));
      }
    }
    // JGit measures the clock of the file system on threads of its own, which are to be over.
    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !isMeasuring());
    Path started = Path.of(args[3]);
    System.out.println("started " + (Files.exists(started) ? Files.readString(started) : "none"));
    System.out.println(
        "host " + SystemReader.getInstance().getUserConfig().getString("user", null, "name"));
  }

  private static boolean isMeasuring() {
    return Thread.getAllStackTraces().values().stream()
        .flatMap(Arrays::stream)
        .anyMatch(frame -> frame.getClassName().equals(FS.FileStoreAttributes.class.getName()));
  }

  private static GitWriteOutcome write(GitSource source) {
    CallContext call = CallContext.withTimeout(Duration.ofSeconds(60));
    GitChange change = GitChange.edit(source.latest(call)).put("a", new byte[0]).build();
    return GitWriter.builder(source, GitIdentity.of("Deployer", "deploy@example.com"))
        .build()
        .write(change, "Change a", call);
  }

  private static String paths(GitSource source) {
    CallContext call = CallContext.withTimeout(Duration.ofSeconds(60));
    List<String> paths = new ArrayList<>();
    try {
      source.fetch(source.latest(call), call).tree().forEach(e -> paths.add(e.path()), call);
      return paths.toString();
    } catch (GitOpsException e) {
      return "failed " + e.category();
    }
  }
}
