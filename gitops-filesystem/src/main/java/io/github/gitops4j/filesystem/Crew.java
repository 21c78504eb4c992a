package io.github.gitops4j.filesystem;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Does numbered jobs with the calling thread and those of an executor that happen to be free. An
 * executor with no free thread, or the one that runs the caller, holds nobody up.
 *
 * <p>Thread-safe.
 *
 * @param executor has the other threads
 * @param threads how many threads may work, the calling one included
 */
record Crew(Executor executor, int threads) {
  /** The calling thread alone. */
  static final Crew ALONE = new Crew(Runnable::run, 1);

  /** Does all jobs; when it returns, or throws, no thread is at work any more. */
  void doAll(int jobs, IntConsumer job) {
    AtomicInteger next = new AtomicInteger();
    Runnable work =
        () -> {
          for (int i = next.getAndIncrement(); i < jobs; i = next.getAndIncrement()) {
            job.accept(i);
          }
        };
    List<Mate> mates = new ArrayList<>();
    try {
      for (int i = 1; i < Math.min(threads, jobs); i++) {
        mates.add(hire(work));
      }
      work.run();
    } finally {
      // Whoever still works after an error of ours finds nothing more to do.
      next.set(jobs);
      mates.forEach(Mate::dismiss);
    }
    mates.forEach(Mate::await);
  }

  private Mate hire(Runnable work) {
    Mate mate = new Mate();
    try {
      executor.execute(() -> mate.run(work));
    } catch (RejectedExecutionException e) {
      mate.dismiss();
    }
    return mate;
  }

  /** One job at an executor: either it began, or it was dismissed before. */
  private static final class Mate {
    private final AtomicBoolean decided = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    void run(Runnable work) {
      if (!decided.compareAndSet(false, true)) {
        return;
      }
      try {
        work.run();
        ended.complete(null);
      } catch (RuntimeException | Error e) {
        ended.completeExceptionally(e);
      }
    }

    void dismiss() {
      if (decided.compareAndSet(false, true)) {
        ended.complete(null);
      } else {
        ended.handle((done, thrown) -> true).join();
      }
    }

    void await() {
      try {
        ended.join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        } else if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}
