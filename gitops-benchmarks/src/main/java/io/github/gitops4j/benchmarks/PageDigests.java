package io.github.gitops4j.benchmarks;

import io.github.gitops4j.kubernetes.internal.fields.ListPage;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Reads and digests the pages of lists on two threads, once, in a process that did nothing before.
 *
 * <p>Arguments: directory of the pages, objects.
 */
public final class PageDigests {
  private static final int THREADS = 2;
  private static final double BAR = 1.5;

  private PageDigests() {}

  /** Runs the measurement. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    List<byte[]> given = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path file : files.sorted().toList()) {
        given.add(Files.readAllBytes(file));
      }
    }
    int objects = Integer.parseInt(arguments[1]);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    long began = System.nanoTime();
    List<Future<Integer>> halves = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int first = i;
      halves.add(threads.submit(() -> digest(given, first, objects / THREADS)));
    }
    int digested = 0;
    for (Future<Integer> half : halves) {
      digested += half.get();
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    threads.shutdown();
    long bytes = given.stream().mapToLong(page -> page.length).sum() / given.size();
    System.out.println(
        new RunRow(
            "kube-lists, seconds to read and digest",
            seconds,
            RunRow.Bound.AT_MOST,
            BAR,
            String.format(Locale.ROOT, "%,d objects, %,d bytes a page of 500", digested, bytes)));
  }

  private static int digest(List<byte[]> pages, int first, int objects) {
    ManagerName manager = ManagerName.of(ClusterEngine.OWNER);
    int digested = 0;
    for (int page = first; digested < objects; page++) {
      for (ServerObject item : ListPage.read(pages.get(page % pages.size())).items()) {
        item.digest(manager);
        digested++;
      }
    }
    return digested;
  }
}
