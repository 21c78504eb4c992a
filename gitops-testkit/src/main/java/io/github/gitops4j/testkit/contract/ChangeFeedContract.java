package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.live.ChangeFeed;
import io.github.gitops4j.resource.ResourceKey;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link ChangeFeed} against its rules {@code CF-1} to {@code CF-5}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class ChangeFeedContract extends TargetKit {
  private static final int HANDFUL = 5;

  /** Creates the kit. */
  protected ChangeFeedContract() {}

  @Test
  @ContractRule(value = "CF-1", needs = Capability.CHANGE_FEED)
  final void everyChangeSinceTheDrainBeforeIsInTheAnswer() {
    ChangeFeed feed = feed();
    fixture().write("old", "one");
    feed.drain();
    fixture().write("old", "two");
    fixture().write("new", "one");
    assertTold(feed.drain(), "old", "new");
    fixture().remove("old");
    assertTold(feed.drain(), "old");
  }

  @Test
  @ContractRule(value = "CF-1", needs = Capability.CHANGE_FEED)
  final void aChangeBetweenTwoDrainsIsNeverLost() {
    ChangeFeed feed = feed();
    feed.drain();
    for (int i = 0; i < 50; i++) {
      fixture().write("a", "content " + i);
      assertTold(feed.drain(), "a");
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
    ChangeFeed feed = feed();
    feed.drain();
    fixture().write("a", "one");
    fixture().write("a", "one");
    fixture().remove("a");
    fixture().write("a", "one");
    assertTold(feed.drain(), "a");
    present("a");
  }

  @Test
  @ContractRule(value = "CF-4", needs = Capability.CHANGE_FEED)
  final void afterADoubtEverythingMayHaveChanged() {
    ChangeFeed feed = feed();
    feed.drain();
    fixture().write("a", "one");
    fixture().confuseFeed();
    assertInstanceOf(ChangeFeed.Batch.Invalidated.class, feed.drain());
    fixture().write("b", "one");
    assertTold(feed.drain(), "b");
  }

  @Test
  @ContractRule(
      value = "CF-5",
      needs = {Capability.CHANGE_FEED, Capability.PRECISE_FEED})
  final void aHandfulOfChangesIsToldByKey() {
    scenario().own("a", "one", "b", "one");
    ChangeFeed feed = feed();
    feed.drain();
    for (int i = 0; i < HANDFUL; i++) {
      fixture().write("a", "content " + i);
      fixture().write("b", "content " + i);
      assertEquals(keys("a", "b"), dirty(feed));
    }
    fixture().remove("a");
    assertEquals(keys("a"), dirty(feed));
  }

  @Test
  @ContractRule(
      value = "CF-5",
      needs = {Capability.CHANGE_FEED, Capability.PRECISE_FEED})
  final void nothingIsToldOnceNothingChanges() {
    scenario().own("a", "one");
    ChangeFeed feed = feed();
    feed.drain();
    observe();
    for (int i = 0; i < HANDFUL; i++) {
      assertEquals(Set.of(), dirty(feed));
    }
  }

  private Set<ResourceKey> keys(String... names) {
    return Arrays.stream(names).map(fixture()::key).collect(Collectors.toSet());
  }

  private static Set<ResourceKey> dirty(ChangeFeed feed) {
    return Set.copyOf(assertInstanceOf(ChangeFeed.Batch.Dirty.class, feed.drain()).keys());
  }

  private ChangeFeed feed() {
    return fixture()
        .target()
        .live()
        .changeFeed()
        .orElseThrow(() -> Lacking.undeclared(Capability.CHANGE_FEED));
  }

  private void assertTold(ChangeFeed.Batch batch, String... names) {
    if (batch instanceof ChangeFeed.Batch.Dirty dirty) {
      for (String name : names) {
        assertTrue(
            dirty.keys().contains(fixture().key(name)), () -> name + " is not in " + dirty.keys());
      }
    }
  }
}
