package io.github.gitops4j.cli;

import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.Settings;
import io.github.gitops4j.forge.RepositoryAddress;
import io.github.gitops4j.git.GitBackend;
import io.github.gitops4j.git.GitClone;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of application files as they are in a clone at one revision. */
final class CloneSources {
  private final GitClone clone;
  private final Opener opener;
  private final Set<String> names;
  private int elsewhere;

  /** Opens a directory of a clone. */
  private interface Opener {
    TreeSource open(String path, List<String> includes, List<String> excludes);
  }

  private CloneSources(GitClone clone, Opener opener) {
    this.clone = clone;
    this.opener = opener;
    this.names =
        Stream.concat(
                clone.remotes().stream(),
                Stream.of(clone.directory(), clone.workTree().orElse(clone.directory()))
                    .map(Path::toString))
            .map(CloneSources::name)
            .collect(Collectors.toSet());
  }

  /** Returns sources in which what an application names has to be. */
  static CloneSources at(GitClone clone, Revision revision) {
    return new CloneSources(clone, (path, in, out) -> clone.source(revision.id(), path, in, out));
  }

  /** Returns sources for a preview: what an application names may come or go with the change. */
  static CloneSources ofChange(GitClone clone, Revision revision) {
    return new CloneSources(
        clone, (path, in, out) -> clone.sourceOfChange(revision.id(), path, in, out));
  }

  /** Says whether a source is in the clone, and counts it if not. */
  boolean has(TreeSource source) {
    boolean isHere = clone.has(source);
    if (!isHere) {
      elsewhere++;
    }
    return isHere;
  }

  /** Says how many sources were asked for that are not in the clone. */
  void tellElsewhere(Console console) {
    if (elsewhere > 0) {
      console.err().println("not in this repository: " + counted(elsewhere));
    }
  }

  /** Says how many applications. */
  static String counted(int applications) {
    return applications == 1 ? "1 application" : applications + " applications";
  }

  List<Backend<TreeSource>> backends() {
    return List.of(
        GitBackend.bindTo(this::ofRepository), Backend.bind("directory", this::directory));
  }

  private TreeSource ofRepository(GitBackend.Scope scope) {
    return names.contains(name(scope.url().toString()))
        ? opener.open(scope.path(), scope.includes(), scope.excludes())
        : new Elsewhere(scope.url().toString());
  }

  private Backend.Opener<TreeSource> directory(Settings settings) {
    settings.text("path");
    Path path = settings.path("path").orElse(Path.of(""));
    return () ->
        inWorkTree(path)
            .map(inside -> opener.open(inside, List.of(), List.of()))
            .orElseGet(() -> new Elsewhere(path.toString()));
  }

  private Optional<String> inWorkTree(Path path) {
    Path real = real(path);
    return clone
        .workTree()
        .map(CloneSources::real)
        .filter(real::startsWith)
        .map(top -> top.relativize(real).toString().replace('\\', '/'));
  }

  /** Where a link leads to is where it is; what is not there yet is where it is named. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  /** Returns the form in which spellings of one repository are equal. */
  private static String name(String url) {
    return RepositoryAddress.of(url).orElseGet(() -> "file:" + pathOf(url));
  }

  private static String pathOf(String url) {
    String path = url.startsWith("file:") ? URI.create(url).getPath() : url;
    return path.replaceFirst("/+$", "").replaceFirst("(/\\.git|\\.git)$", "");
  }
}
