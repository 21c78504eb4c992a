package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link ChangeFeed} against its rules {@code CF-1} to {@code CF-6}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class ChangeFeedContract extends TargetKit {
  private static final int HANDFUL = 5;

  /** So many looks a feed may need until it follows what there is. */
  private static final int LOOKS = 5;

  /** Creates the kit. */
  protected ChangeFeedContract() {}

  @Test
  @ContractRule(value = "CF-1", needs = Capability.CHANGE_FEED)
  final void everyChangeSinceTheDrainBeforeIsInTheAnswer() {
    scenario().own("changed", "one", "removed", "one");
    settle("changed", "removed");
    fixture().write("changed", "two");
    fixture().remove("removed");
    assertTold("changed", "removed");
    fixture().write("removed", "one");
    assertTold("removed");
  }

  @Test
  @ContractRule(value = "CF-1", needs = Capability.CHANGE_FEED)
  final void aChangeBetweenTwoDrainsIsNeverLost() {
    scenario().own("a", "one");
    settle("a");
    for (int i = 0; i < 50; i++) {
      fixture().write("a", "content " + i);
      assertTold("a");
    }
  }

  @Test
  @ContractRule(value = "CF-2", needs = Capability.CHANGE_FEED)
  final void theFirstDrainKnowsNothing() {
    fixture().write("a", "one");
    assertInstanceOf(ChangeFeed.Batch.Invalidated.class, feed().drain());
  }

  @Test
  @ContractRule(value = "CF-3", needs = Capability.CHANGE_FEED)
  final void aKeyMayBeToldWithoutAChangeAndIsThenStillRight() {
    scenario().own("a", "one");
    settle("a");
    fixture().write("a", "one");
    fixture().remove("a");
    fixture().write("a", "one");
    assertTold("a");
    present("a");
  }

  @Test
  @ContractRule(value = "CF-4", needs = Capability.CHANGE_FEED)
  final void afterADoubtAllThatItIsAboutMayHaveChanged() {
    scenario().own("a", "one");
    settle("a");
    fixture().write("a", "two");
    fixture().confuseFeed();
    assertTold("a");
    settle("a");
    fixture().write("a", "three");
    assertTold("a");
  }

  @Test
  @ContractRule(
      value = "CF-5",
      needs = {Capability.CHANGE_FEED, Capability.PRECISE_FEED})
  final void aHandfulOfChangesIsToldByKey() {
    scenario().own("a", "one", "b", "one", "c", "one");
    settle("a", "b", "c");
    for (int i = 0; i < HANDFUL; i++) {
      fixture().write("a", "content " + i);
      fixture().write("b", "content " + i);
      assertEquals(Optional.of(keys("a", "b")), told("a", "b"));
    }
    fixture().remove("a");
    assertEquals(Optional.of(keys("a")), told("a"));
  }

  @Test
  @ContractRule(
      value = "CF-5",
      needs = {Capability.CHANGE_FEED, Capability.PRECISE_FEED})
  final void nothingIsToldOnceNothingChanges() {
    scenario().own("a", "one");
    settle("a");
    for (int i = 0; i < HANDFUL; i++) {
      assertEquals(Optional.of(Set.of()), told());
    }
  }

  @Test
  @ContractRule(
      value = "CF-6",
      needs = {Capability.CHANGE_FEED, Capability.LISTENED_FEED})
  final void aListenerIsToldThatThereIsSomethingToDrain() {
    scenario().own("a", "one");
    try (FeedReader reader = FeedReader.of(Optional.of(feed()))) {
      if (!reader.isListening()) {
        throw Lacking.undeclared(Capability.LISTENED_FEED);
      }
      settle("a");
      reader.forgetCalls();
      fixture().write("a", "two");
      reader.awaitCall();
      assertTold("a");
      fixture().confuseFeed();
      reader.awaitCall();
    }
  }

  private Set<ResourceKey> keys(String... names) {
    return Arrays.stream(names).map(fixture()::key).collect(Collectors.toSet());
  }

  private ChangeFeed feed() {
    return fixture()
        .target()
        .live()
        .changeFeed()
        .orElseThrow(() -> Lacking.undeclared(Capability.CHANGE_FEED));
  }

  /** Looks as the engine does until the feed follows these, if it ever does. */
  private void settle(String... names) {
    for (int i = 0; i < LOOKS; i++) {
      if (!(feed().drain() instanceof ChangeFeed.Batch.Dirty dirty)) {
        LiveState seen = observe();
        keys(names).forEach(seen::observation);
      } else if (dirty.keys().isEmpty()) {
        return;
      } else {
        observe(Scope.keys(dirty.keys()));
      }
    }
  }

  private Optional<Set<ResourceKey>> told(String... names) {
    try (FeedReader reader = FeedReader.of(Optional.of(feed()))) {
      return reader.until(feed(), keys(names));
    }
  }

  private void assertTold(String... names) {
    told(names)
        .ifPresent(
            told ->
                assertTrue(
                    told.containsAll(keys(names)),
                    () -> Arrays.toString(names) + " are not all in " + told));
  }
}
