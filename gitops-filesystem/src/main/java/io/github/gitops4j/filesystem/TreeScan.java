package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One walk over everything below a root: wanted files with their digests, directories, and what
 * could not be read. A file whose stat is the remembered one is not read. Links are never followed.
 */
final class TreeScan {
  /** Two changes within this time may have the same time stamp on some file systems. */
  static final long GRAIN_NANOS = 3_000_000_000L;

  private final Path root;
  private final ScanNames names;
  private final Predicate<ResourceKey> wanted;
  private final Function<ResourceKey, @Nullable LiveFile> remembered;
  private final long started;
  private final FileReads reads;
  private final Crew crew;
  private final List<LiveFile> files = new ArrayList<>();
  private final List<LiveFile> changed = new ArrayList<>();
  private final Set<String> directories = new HashSet<>();
  private final Map<String, Failure> unreadable = new TreeMap<>();

  /**
   * Prepares a walk.
   *
   * @param names says what is looked at, and what it is called
   * @param wanted says which files are read; others are passed over
   * @param remembered what earlier walks found
   * @param started wall time in nanoseconds, by which it is judged how fresh a change is
   * @param reads asks the file system
   * @param crew walks
   */
  TreeScan(
      Path root,
      ScanNames names,
      Predicate<ResourceKey> wanted,
      Function<ResourceKey, @Nullable LiveFile> remembered,
      long started,
      FileReads reads,
      Crew crew) {
    this.root = root;
    this.names = names;
    this.wanted = wanted;
    this.remembered = remembered;
    this.started = started;
    this.reads = reads;
    this.crew = crew;
  }

  List<LiveFile> files() {
    return files;
  }

  /** Returns the files that are not as they are remembered. */
  List<LiveFile> changed() {
    return changed;
  }

  Set<String> directories() {
    return directories;
  }

  /** Returns what could not be read: a file, or a directory with all that is below it. */
  Map<String, Failure> unreadable() {
    return unreadable;
  }

  /** Walks, level by level, so that several threads find work early and none waits for a name. */
  void walk(CallContext call) {
    List<Listing> level = List.of(new Listing("", root));
    while (!level.isEmpty()) {
      list(level, call);
      List<Listing> below = new ArrayList<>();
      for (Listing listing : level) {
        files.addAll(listing.files);
        changed.addAll(listing.changed);
        below.addAll(listing.directories);
        unreadable.putAll(listing.unreadable);
        if (listing.gone) {
          directories.remove(listing.directory);
        }
      }
      below.forEach(listing -> directories.add(listing.directory));
      level = below;
    }
  }

  private void list(List<Listing> level, CallContext call) {
    crew.doAll(
        level.size(),
        i -> {
          call.checkActive("observe");
          level.get(i).read(call);
        });
  }

  /** What one directory holds. */
  private final class Listing {
    private final String directory;
    private final Path path;
    private final List<LiveFile> files = new ArrayList<>();
    private final List<LiveFile> changed = new ArrayList<>();
    private final List<Listing> directories = new ArrayList<>();
    private final Map<String, Failure> unreadable = new TreeMap<>();
    private boolean gone;

    private Listing(String directory, Path path) {
      this.directory = directory;
      this.path = path;
    }

    private void read(CallContext call) {
      try (DirectoryStream<Path> children = reads.list(path)) {
        for (Path child : children) {
          String name = names.of(child, directory.isEmpty());
          if (name != null) {
            visit(child, directory.isEmpty() ? name : directory + "/" + name, call);
          }
        }
        if (!directory.isEmpty() && !reads.stat(path).isDirectory()) {
          // It was replaced while being listed: if by a link, these were names outside the root.
          throw new NotDirectoryException(path.toString());
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        // Somebody removed or replaced it meanwhile: what was in it is absent.
        vanished(e, call);
      } catch (DirectoryIteratorException e) {
        unreadable.put(directory, failure(directory, requireNonNull(e.getCause(), "cause")));
      } catch (IOException e) {
        unreadable.put(directory, failure(directory, e));
      }
    }

    private void vanished(IOException cause, CallContext call) {
      if (directory.isEmpty()) {
        unreadable.put("", failure("", cause));
        return;
      }
      gone = true;
      files.clear();
      changed.clear();
      directories.clear();
      unreadable.clear();
      try {
        FileStat now = reads.stat(path);
        if (!now.isDirectory()) {
          add(path, directory, now, call);
        } else {
          unreadable.put(directory, failure(directory, cause));
        }
      } catch (NoSuchFileException e) {
        // It is gone for good.
      } catch (IOException e) {
        unreadable.put(directory, failure(directory, e));
      }
    }

    private void visit(Path child, String name, CallContext call) {
      try {
        FileStat stat = reads.stat(child);
        if (stat.isDirectory()) {
          directories.add(new Listing(name, child));
        } else {
          add(child, name, stat, call);
        }
      } catch (NoSuchFileException e) {
        // Somebody removed it meanwhile: it is absent.
      } catch (IOException e) {
        unreadable.put(name, failure(name, e));
      }
    }

    private void add(Path file, String name, FileStat stat, CallContext call) throws IOException {
      ResourceKey key = ResourceKey.file(name);
      if (!wanted.test(key)) {
        return;
      }
      LiveFile before = remembered.apply(key);
      LiveFile now = look(file, key, stat, before, call);
      files.add(now);
      if (!now.equals(before)) {
        changed.add(now);
      }
    }
  }

  /** Reads a file unless its stat proves that it is as it was; then it is what it was before. */
  LiveFile look(
      Path path, ResourceKey key, FileStat stat, @Nullable LiveFile before, CallContext call)
      throws IOException {
    if (before != null && before.trusted() && before.stat().equals(stat)) {
      return before;
    }
    ContentDigest digest = reads.digest(path, stat, call);
    if (!reads.stat(path).equals(stat)) {
      throw new IOException("it changed while being read");
    }
    boolean trusted = stat.newest() < started - GRAIN_NANOS;
    LiveFile now = new LiveFile(before == null ? key : before.key(), stat, digest, trusted);
    return before != null && now.equals(before) ? before : now;
  }

  static Failure failure(String name, IOException cause) {
    FailureCategory category =
        cause instanceof AccessDeniedException
            ? FailureCategory.FORBIDDEN
            : FailureCategory.UNAVAILABLE;
    String what = name.isEmpty() ? "the root" : name;
    return Failure.of(category, what + ": reading failed: " + Failure.reasonOf(cause), cause);
  }
}
