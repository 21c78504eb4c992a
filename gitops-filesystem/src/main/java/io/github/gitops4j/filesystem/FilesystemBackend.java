package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.Settings;
import io.github.gitops4j.application.TargetOpener;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;

/**
 * Binds directories for application files: the target {@code filesystem} with {@code root} and
 * {@code links} ({@code deny}, {@code insideRoot} or {@code any}; default {@code deny}), and the
 * source {@code directory} with {@code path}. Paths are relative to the application file.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FilesystemBackend {
  private static final Map<String, LinkPolicy> LINKS =
      Map.of("deny", LinkPolicy.DENY, "insideRoot", LinkPolicy.INSIDE_ROOT, "any", LinkPolicy.ANY);

  private FilesystemBackend() {}

  /** Returns the target {@code filesystem}. */
  public static Backend<Target> target() {
    return target(FilesystemTarget::builder);
  }

  /**
   * Returns the target {@code filesystem}, all directories of which are watched.
   *
   * @param watch what watches them; it stays open as long as one of them is used
   */
  public static Backend<Target> target(DirectoryWatch watch) {
    requireNonNull(watch, "watch");
    return target(root -> FilesystemTarget.builder(root).watch(watch));
  }

  private static Backend<Target> target(Function<Path, FilesystemTarget.Builder> builder) {
    return Backend.bind("filesystem", settings -> readTarget(settings, builder));
  }

  /** Returns the source {@code directory}. */
  public static Backend<TreeSource> source() {
    return Backend.bind("directory", FilesystemBackend::readSource);
  }

  private static Backend.Opener<Target> readTarget(
      Settings settings, Function<Path, FilesystemTarget.Builder> builder) {
    Path root = directory(settings, "root");
    String word = settings.optionalText("links").orElse("deny");
    LinkPolicy links = LINKS.get(word);
    if (links == null) {
      settings.wrong("links", "deny, insideRoot or any");
    }
    LinkPolicy policy = links == null ? LinkPolicy.DENY : links;
    return TargetOpener.of(
        () -> builder.apply(root).links(policy).build(),
        () -> FilesystemTarget.builder(root).links(policy).offline());
  }

  private static Backend.Opener<TreeSource> readSource(Settings settings) {
    Path path = directory(settings, "path");
    return () -> DirectorySource.at(path);
  }

  private static Path directory(Settings settings, String key) {
    settings.text(key);
    return settings.path(key).orElse(Path.of(""));
  }
}
