package io.github.gitops4j.filesystem;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A watch that tells by itself, and its thread. */
final class TellingWatch implements AutoCloseable {
  final ExecutorService executor = Executors.newSingleThreadExecutor();
  final DirectoryWatch watch;

  TellingWatch() {
    this(DirectoryWatch::register);
  }

  TellingWatch(DirectoryWatch.Registrar registrar) {
    this.watch = DirectoryWatch.open(registrar, executor);
  }

  @Override
  public void close() {
    watch.close();
    executor.shutdownNow();
  }
}
