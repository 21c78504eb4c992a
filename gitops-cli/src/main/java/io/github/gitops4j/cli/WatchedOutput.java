package io.github.gitops4j.cli;

import io.github.gitops4j.error.Failure;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An output that remembers that it could not be written to; a {@link java.io.PrintStream} over it
 * tells nobody.
 *
 * <p>Thread-safe.
 */
final class WatchedOutput extends FilterOutputStream {
  private static final String READER_IS_GONE = "Broken pipe";

  private volatile @Nullable IOException failure;

  WatchedOutput(FileOutputStream file) {
    super(file);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Returns why not all was written; a reader that has seen enough is no reason. */
  Optional<String> problem() {
    IOException e = failure;
    return e == null || READER_IS_GONE.equals(e.getMessage())
        ? Optional.empty()
        : Optional.of("standard output: writing failed: " + Failure.reasonOf(e));
  }
}
