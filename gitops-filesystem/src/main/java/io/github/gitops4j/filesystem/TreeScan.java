package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One walk over everything below a root: files with their digests, directories, and what could not
 * be read. A file whose stat is the remembered one is not read. Links are never followed.
 */
final class TreeScan {
  /** Two changes within this time may have the same time stamp on some file systems. */
  static final long GRAIN_NANOS = 3_000_000_000L;

  private final Path root;
  private final Set<String> skipped;
  private final Function<ResourceKey, @Nullable LiveFile> remembered;
  private final long started;
  private final List<LiveFile> files = new ArrayList<>();
  private final Set<String> directories = new HashSet<>();
  private final Map<String, Failure> unreadable = new TreeMap<>();

  /**
   * Prepares a walk.
   *
   * @param skipped names directly below the root that are not looked at
   * @param remembered what earlier walks found
   * @param started wall time in nanoseconds, by which it is judged how fresh a change is
   */
  TreeScan(
      Path root,
      Set<String> skipped,
      Function<ResourceKey, @Nullable LiveFile> remembered,
      long started) {
    this.root = root;
    this.skipped = skipped;
    this.remembered = remembered;
    this.started = started;
  }

  List<LiveFile> files() {
    return files;
  }

  Set<String> directories() {
    return directories;
  }

  /** Returns what could not be read: a file, or a directory with all that is below it. */
  Map<String, Failure> unreadable() {
    return unreadable;
  }

  /** Walks. */
  void walk(CallContext call) {
    Deque<String> open = new ArrayDeque<>();
    open.push("");
    while (!open.isEmpty()) {
      String directory = open.pop();
      call.checkActive("observe");
      list(directory, open);
    }
  }

  private void list(String directory, Deque<String> open) {
    Path path = directory.isEmpty() ? root : root.resolve(directory);
    try (DirectoryStream<Path> names = Files.newDirectoryStream(path)) {
      for (Path child : names) {
        String name = child.getFileName().toString();
        if (directory.isEmpty() && skipped.contains(name)) {
          continue;
        }
        visit(child, directory.isEmpty() ? name : directory + "/" + name, open);
      }
    } catch (NoSuchFileException e) {
      // Somebody removed it meanwhile: what was in it is absent.
      directories.remove(directory);
    } catch (DirectoryIteratorException e) {
      unreadable.put(directory, failure(directory, requireNonNull(e.getCause(), "cause")));
    } catch (IOException e) {
      unreadable.put(directory, failure(directory, e));
    }
  }

  private void visit(Path path, String name, Deque<String> open) {
    try {
      FileStat stat = FileStat.of(path);
      if (stat.isDirectory()) {
        directories.add(name);
        open.push(name);
      } else {
        files.add(look(path, name, stat));
      }
    } catch (NoSuchFileException e) {
      // Somebody removed it meanwhile: it is absent.
    } catch (IOException e) {
      unreadable.put(name, failure(name, e));
    }
  }

  /** Reads a file unless its stat proves that it is as it was. */
  LiveFile look(Path path, String name, FileStat stat) throws IOException {
    ResourceKey key = ResourceKey.file(name);
    LiveFile before = remembered.apply(key);
    if (before != null && before.trusted() && before.stat().equals(stat)) {
      return before;
    }
    boolean trusted = stat.newest() < started - GRAIN_NANOS;
    return new LiveFile(
        before == null ? key : before.key(), stat, FileReading.digest(path, stat), trusted);
  }

  static Failure failure(String name, IOException cause) {
    String what = (name.isEmpty() ? "the root" : name) + ": reading failed: ";
    if (cause instanceof AccessDeniedException) {
      return Failure.of(FailureCategory.FORBIDDEN, what + "permission denied", cause);
    }
    return Failure.of(FailureCategory.UNAVAILABLE, what + cause.getClass().getSimpleName(), cause);
  }
}
