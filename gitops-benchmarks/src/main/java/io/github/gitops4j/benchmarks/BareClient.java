package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Applies objects with nothing around the requests, one for each object: what no engine can be
 * faster than.
 */
final class BareClient {
  /** The manager under whose name it applies. */
  static final String FIELD_MANAGER = "bare";

  private final PlaneClient client;
  private final int inFlight;

  BareClient(PlaneClient client, int inFlight) {
    this.client = client;
    this.inFlight = inFlight;
  }

  /** Applies all, and returns the seconds that it took. */
  double apply(List<ClusterCorpus.Member> members) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(inFlight);
    try {
      long began = System.nanoTime();
      List<Future<?>> answers = new ArrayList<>();
      for (ClusterCorpus.Member member : members) {
        answers.add(threads.submit(() -> applyOne(member)));
      }
      for (Future<?> answer : answers) {
        answer.get();
      }
      return (System.nanoTime() - began) / 1e9;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdown();
    }
  }

  private Void applyOne(ClusterCorpus.Member member) throws IOException {
    ClusterSite.succeed(client.apply(member.path(), FIELD_MANAGER, member.yaml()));
    return null;
  }
}
