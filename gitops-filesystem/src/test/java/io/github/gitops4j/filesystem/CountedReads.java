package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ContentDigest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The real file system, counted; a path can be made to fail or to change while it is asked for. */
final class CountedReads implements FileReads {
  final List<Path> stats = new CopyOnWriteArrayList<>();
  final List<Path> digests = new CopyOnWriteArrayList<>();
  final List<Path> lists = new CopyOnWriteArrayList<>();
  private final Map<Path, Step> before = new ConcurrentHashMap<>();
  private final Map<Path, Duration> later = new ConcurrentHashMap<>();

  /** What happens before a path is asked for. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** Does something each time before a path is read or listed. */
  void before(Path path, Step step) {
    before.put(path, step);
  }

  /** Moves the times of a path, as if all else had happened long before. */
  void later(Path path, Duration by) {
    later.put(path, by);
  }

  void clear() {
    stats.clear();
    digests.clear();
    lists.clear();
    before.clear();
  }

  @Override
  public FileStat stat(Path path) throws IOException {
    stats.add(path);
    FileStat stat = DIRECT.stat(path);
    long by = later.getOrDefault(path, Duration.ZERO).toNanos();
    return new FileStat(
        stat.inode(), stat.size(), stat.modified() + by, stat.changed() + by, stat.mode());
  }

  @Override
  public ContentDigest digest(Path path, FileStat stat, CallContext call) throws IOException {
    digests.add(path);
    step(path);
    return DIRECT.digest(path, stat, call);
  }

  @Override
  public DirectoryStream<Path> list(Path directory) throws IOException {
    lists.add(directory);
    step(directory);
    return DIRECT.list(directory);
  }

  private void step(Path path) throws IOException {
    Step step = before.get(path);
    if (step != null) {
      step.run();
    }
  }
}
