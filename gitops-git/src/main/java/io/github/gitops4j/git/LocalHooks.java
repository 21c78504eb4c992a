package io.github.gitops4j.git;

import io.github.gitops4j.error.FailureCategory;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryCache;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.util.FS;

/**
 * The programs that {@code git} would run on a push into a repository of this machine. We start no
 * programs, and a push that goes past them would go past what they forbid.
 */
final class LocalHooks {
  private static final List<String> NAMES =
      List.of(
          "pre-receive",
          "update",
          "proc-receive",
          "reference-transaction",
          "post-receive",
          "post-update",
          "push-to-checkout");

  private LocalHooks() {}

  /** Refuses a push into a repository that has hooks; one that is not there is told later. */
  static void refuse(GitUrl url) throws IOException {
    File place = Path.of(URI.create(url.toString())).toFile();
    File found = RepositoryCache.FileKey.resolve(place, FS.DETECTED);
    if (found != null) {
      try (Repository remote = new FileRepositoryBuilder().setGitDir(found).build()) {
        refuse(url, remote);
      }
    }
  }

  private static void refuse(GitUrl url, Repository remote) {
    Path directory = remote.getDirectory().toPath();
    Optional<String> configured =
        Optional.ofNullable(remote.getConfig().getString("core", null, "hooksPath"));
    for (Path hooks :
        Stream.concat(Stream.of("hooks"), configured.stream()).map(directory::resolve).toList()) {
      for (String name : NAMES) {
        if (Files.isExecutable(hooks.resolve(name))) {
          throw GitWriteException.of(
              FailureCategory.UNSUPPORTED,
              url + ": pushing failed: its hook " + name + " would not be run over a file URL");
        }
      }
    }
  }
}
