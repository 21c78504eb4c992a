package io.github.gitops4j.examples.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManualClock;
import io.github.gitops4j.testkit.fault.Fault;
import io.github.gitops4j.testkit.fault.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program and its deployment, tested from a commit to what the program does: the branch and the
 * time are in the hands of the test, the directory and all between are real.
 */
class ShopSettingsTest {
  private static final Duration INTERVAL = Duration.ofMinutes(2);

  @TempDir Path directory;
  private final InMemoryTreeSource branch = InMemoryTreeSource.empty();
  private final FaultPlan faults = FaultPlan.create();
  private final ManualClock clock = ManualClock.create();
  private final Controller controller =
      Controller.builder(Runnable::run, clock).clock(clock).ticker(clock).build();
  private ShopSettings settings;

  @BeforeEach
  void start() {
    declare("port=80\n");
    settings = ShopSettings.follow(controller, faults.around(branch), directory);
    clock.advance(INTERVAL);
  }

  @AfterEach
  void stop() {
    settings.close();
    controller.close();
  }

  private void declare(String properties) {
    branch.commit("Change the settings", files -> files.put("shop.properties", properties));
  }

  private ApplicationStatus status() {
    return controller.status(ShopSettings.APPLICATION).orElseThrow();
  }

  @Test
  void aCommitIsInUseAfterAnInterval() {
    assertThat(settings.get("port")).contains("80");
    declare("port=8080\n");
    assertThat(settings.get("port")).contains("80");
    clock.advance(INTERVAL);
    assertThat(settings.get("port")).contains("8080");
    assertThat(status().isReady()).isTrue();
  }

  @Test
  void anEditByHandIsPutRightAndKeptAside() throws IOException {
    Files.writeString(directory.resolve("shop.properties"), "port=666\n");
    clock.advance(INTERVAL);
    assertThat(directory.resolve("shop.properties")).hasContent("port=80");
    try (Stream<Path> kept = Files.walk(directory.resolve(".gitops/quarantine"))) {
      assertThat(kept.filter(Files::isRegularFile))
          .singleElement()
          .satisfies(file -> assertThat(file).hasContent("port=666"));
    }
  }

  @Test
  void settingsThatCannotBeUsedLeaveThoseBefore() {
    declare("port=eighty\n");
    clock.advance(INTERVAL);
    assertThat(settings.get("port")).contains("80");
    assertThat(settings.problem().orElseThrow()).contains("eighty");
    declare("port=88\n");
    clock.advance(INTERVAL);
    assertThat(settings.get("port")).contains("88");
    assertThat(settings.problem()).isEmpty();
  }

  @Test
  void aBranchThatDeclaresNothingAnyMoreTakesNothingAway() {
    branch.commit("Oops", files -> files.clear());
    clock.advance(INTERVAL);
    assertThat(settings.get("port")).contains("80");
    assertThat(directory.resolve("shop.properties")).exists();
    assertThat(status().isReady()).isFalse();
  }

  @Test
  void aSourceThatIsDownIsToldAndTheShopStaysOpen() {
    faults.withChance(
        1.0,
        new Random(1),
        Fault.failing(() -> new SourceException(FailureCategory.FORBIDDEN, "not for you")));
    declare("port=8080\n");
    clock.advance(INTERVAL);
    assertThat(settings.get("port")).contains("80");
    assertThat(status().has(Condition.Type.BACKING_OFF)).isTrue();
    assertThat(status().lastReport().orElseThrow().result().toString()).contains("not for you");

    faults.quiet();
    clock.advance(INTERVAL);
    assertThat(settings.get("port")).contains("8080");
    assertThat(status().conditions()).isEmpty();
  }

  @Test
  void whatWasDoneCanBeAudited() {
    declare("port=8080\n");
    clock.advance(INTERVAL);
    HistoryAudit audit =
        controller.reconciler(ShopSettings.APPLICATION).audit(CallContext.unbounded());
    assertThat(audit).isInstanceOf(HistoryAudit.Whole.class);
    assertThat(audit.records()).isEqualTo(4);
  }
}
