package io.github.gitops4j.cli;

import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.Failure;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The command {@code gitops} as a process.
 *
 * @since 0.1.0
 */
public final class Main {
  private static final long PATIENCE_SECONDS = 30;

  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    setUp();
    Cancellation cancellation = new Cancellation();
    CountDownLatch ended = new CountDownLatch(1);
    FileChannel in = new FileInputStream(FileDescriptor.in).getChannel();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> finish(cancellation, in, ended), "gitops-shutdown"));
    int code = Exit.ERROR.code();
    WatchedOutput out = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    try {
      code = new GitopsCommand(console(in, out), cancellation).run(arguments);
      if (out.problem().isPresent()) {
        System.err.println("gitops: " + out.problem().get());
        code = Exit.ERROR.code();
      }
    } catch (OutOfMemoryError e) {
      System.err.println("gitops: out of memory; JAVA_TOOL_OPTIONS=-Xmx2g allows it 2 GiB");
    } finally {
      ended.countDown();
    }
    System.exit(code);
  }

  /**
   * Spares two searches that cost more than a tenth of a short run, the servers of {@code --listen}
   * a pause in each answer, and the user the stacks of a library.
   */
  private static void setUp() {
    System.setProperty("picocli.converters.excludes", "java\\.sql\\..*,java\\.time\\..*");
    System.setProperty("slf4j.internal.verbosity", "WARN");
    System.setProperty("slf4j.provider", "org.slf4j.nop.NOPServiceProvider");
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setErr(
        new PrintStream(
            new ErrorOutput(new FileOutputStream(FileDescriptor.err)),
            true,
            StandardCharsets.UTF_8));
  }

  /**
   * Asks the pass to stop between two resources, and lets it write down what it did. Who waits for
   * input has done nothing yet: closing the channel wakes it.
   */
  private static void finish(Cancellation cancellation, Channel in, CountDownLatch ended) {
    cancellation.cancel();
    try {
      in.close();
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gitops: the pass did not end in time");
      }
    } catch (IOException e) {
      System.err.println("gitops: closing the standard input failed: " + Failure.reasonOf(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Console console(ReadableByteChannel in, OutputStream out) {
    return new Console(
        Channels.newInputStream(in),
        stream(out),
        stream(new FileOutputStream(FileDescriptor.err)),
        System.getenv(),
        screen(1),
        screen(2));
  }

  /** Asks the kernel what a stream is; the JVM cannot say it for each alone. */
  private static Console.Screen screen(int descriptor) {
    return isTerminal(descriptor) ? Console.Screen.TERMINAL : Console.Screen.PIPE;
  }

  private static boolean isTerminal(int descriptor) {
    try {
      String device = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
  }
}
