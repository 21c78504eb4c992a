package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pass whose thread is interrupted, as an executor does that is shut down at once. */
class InterruptedThreadTest {
  @TempDir Path temp;
  private final CallContext call = CallContext.unbounded();
  private Path live;
  private Reconciler reconciler;
  private volatile boolean interrupting;

  @BeforeEach
  void declare() throws IOException {
    Path declared = Files.createDirectory(temp.resolve("declared"));
    live = Files.createDirectory(temp.resolve("live"));
    Files.writeString(declared.resolve("a"), "1");
    reconciler =
        Reconciler.builder(DirectorySource.at(declared), FilesystemTarget.at(live))
            .listener(
                event -> {
                  if (interrupting && event instanceof ReconcileEvent.WaveStarted) {
                    Thread.currentThread().interrupt();
                  }
                })
            .build();
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  private void failsAndTheNextPassConverges() {
    ReconcileReport report = reconciler.reconcile(call);
    assertThat(report.result())
        .isInstanceOfSatisfying(
            PassResult.Failed.class,
            failed ->
                assertThat(failed.failure().message()).endsWith(": the thread was interrupted"));
    assertThat(Thread.interrupted()).as("it is still interrupted").isTrue();

    interrupting = false;
    assertThat(reconciler.reconcile(call).converged()).isTrue();
    assertThat(live.resolve("a")).hasContent("1");
  }

  @Test
  void beforeItBegins() {
    Thread.currentThread().interrupt();
    failsAndTheNextPassConverges();
  }

  @Test
  void beforeItWrites() {
    interrupting = true;
    failsAndTheNextPassConverges();
  }
}
