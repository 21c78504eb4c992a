package io.github.gitops4j.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The standard error without what JGit prints there itself: where it plays both sides of a
 * conversation, for a repository of this machine, the stack of what the other side has met. The
 * side that asks gets the failure, and it is said once.
 *
 * <p>Thread-safe if what it writes to is.
 */
final class ErrorOutput extends FilterOutputStream {
  private static final String THREADS_OF_JGIT = "JGit-";

  ErrorOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int one) throws IOException {
    if (!isOfJgit()) {
      out.write(one);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (!isOfJgit()) {
      out.write(bytes, offset, length);
    }
  }

  private static boolean isOfJgit() {
    return Thread.currentThread().getName().startsWith(THREADS_OF_JGIT);
  }
}
