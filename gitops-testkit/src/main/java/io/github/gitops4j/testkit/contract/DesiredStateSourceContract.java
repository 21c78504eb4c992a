package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredChanges;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link DesiredStateSource} against its rules {@code DSS-1} to {@code DSS-7}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class DesiredStateSourceContract extends DesiredStateKit {
  private static final SortedMap<String, String> ONE = resources("a", "one", "b", "one");
  private static final SortedMap<String, String> TWO = resources("a", "two", "c", "one");

  /** Creates the kit. */
  protected DesiredStateSourceContract() {}

  @Test
  @ContractRule("DSS-1")
  final void latestNamesWhatIsTrackedNow() {
    Revision one = declare(ONE);
    assertEquals(one, fixture().source().latest(Calls.UNBOUNDED));
    Revision two = declare(TWO);
    assertNotEquals(one.id(), two.id());
    assertEquals(keys(TWO), entries(fetch(two)).keySet());
  }

  @Test
  @ContractRule("DSS-2")
  final void fetchGivesTheRevisionAskedForOrThrows() {
    Revision one = declare(ONE);
    DesiredState before = fetch(one);
    Revision two = declare(TWO);
    DesiredState after = fetch(two, before);
    assertEquals(two, after.revision());
    assertEquals(keys(TWO), entries(after).keySet());
    for (Optional<DesiredState> hint :
        List.of(Optional.<DesiredState>empty(), Optional.of(after), Optional.of(before))) {
      try {
        DesiredState again = fixture().source().fetch(one, hint, Calls.UNBOUNDED);
        assertEquals(one, again.revision());
        assertEquals(entries(before), entries(again));
      } catch (SourceException e) {
        Calls.assertExplains(e);
      }
    }
  }

  @Test
  @ContractRule("DSS-2")
  final void aRevisionThatIsNotThereIsNeverReplacedByAnother() {
    DesiredState state = declareAndFetch(ONE);
    Revision none = new Revision(state.revision().ref(), "nonsense");
    assertThrows(SourceException.class, () -> fetch(none));
    assertThrows(SourceException.class, () -> fetch(none, state));
  }

  @Test
  @ContractRule("DSS-3")
  final void oneRevisionIsOneStateWithAndWithoutAHint() {
    Optional<DesiredState> hint = Optional.empty();
    for (SortedMap<String, String> contents : history()) {
      Revision revision = declare(contents);
      DesiredState hinted = fixture().source().fetch(revision, hint, Calls.UNBOUNDED);
      DesiredState again = fetch(revision, hinted);
      DesiredState scratch = fixture().reopen().fetch(revision, Optional.empty(), Calls.UNBOUNDED);
      for (DesiredState state : List.of(hinted, again, scratch)) {
        assertEquals(revision, state.revision());
        assertEquals(scratch.contentId(), state.contentId());
        assertEquals(keys(contents), entries(state).keySet());
        assertEquals(entries(scratch), entries(state));
      }
      hint = Optional.of(hinted);
    }
  }

  @Test
  @ContractRule(value = "DSS-4", needs = Capability.UNREACHABLE)
  final void anUnreachableSourceThrows() {
    DesiredState one = declareAndFetch(ONE);
    Revision two = declare(TWO);
    fixture().makeUnreachable();
    assertThrows(SourceException.class, () -> fixture().source().latest(Calls.UNBOUNDED));
    try {
      assertEquals(keys(TWO), entries(fetch(two, one)).keySet());
    } catch (SourceException e) {
      Calls.assertExplains(e);
    }
  }

  @Test
  @ContractRule(value = "DSS-4", needs = Capability.EMPTY_SOURCE)
  final void aSourceWithoutAnythingToTrackThrows() {
    DesiredStateSource empty = fixture().emptySource();
    assertThrows(SourceException.class, () -> empty.latest(Calls.UNBOUNDED));
    DesiredState one = declareAndFetch(ONE);
    assertThrows(
        SourceException.class,
        () -> empty.fetch(one.revision(), Optional.empty(), Calls.UNBOUNDED));
  }

  @Test
  @ContractRule(value = "DSS-5", needs = Capability.BROKEN_INPUT)
  final void whatCannotBeUnderstoodDoesNotHideTheRest() {
    DesiredState broken = declareAndFetch(ONE, "x");
    assertEquals(keys(ONE), entries(broken).keySet());
    assertEquals(1, broken.broken().size());
    DesiredState hinted = fetch(declare(TWO, "x", "y"), broken);
    assertEquals(keys(TWO), entries(hinted).keySet());
    assertEquals(2, hinted.broken().size());
    assertEquals(List.of(), fetch(declare(TWO), hinted).broken());
  }

  @Test
  @ContractRule("DSS-6")
  final void aCallThatHasEndedDoesNothing() {
    DesiredStateSource source = fixture().source();
    DesiredState one = declareAndFetch(ONE);
    Revision two = declare(TWO);
    assertEnds(source::latest);
    assertEnds(call -> source.fetch(two, Optional.empty(), call));
    assertEnds(call -> source.fetch(two, Optional.of(one), call));
    DesiredState fetched = fetch(two);
    assertEnds(call -> source.fetch(two, Optional.of(fetched), call));
  }

  @Test
  @ContractRule(value = "DSS-7", needs = Capability.KNOWN_CHANGES)
  final void changesSinceTheHintAreKnown() {
    DesiredState before = declareAndFetch(history().get(0));
    for (SortedMap<String, String> contents : history()) {
      DesiredState after = fetch(declare(contents), before);
      Set<ResourceKey> told =
          assertInstanceOf(DesiredChanges.Known.class, after.changesSince(before.contentId()))
              .keys();
      Set<ResourceKey> differing = differing(before, after);
      assertTrue(told.containsAll(differing), () -> differing + " differ, told are " + told);
      if (after.contentId().equals(before.contentId())) {
        assertEquals(Set.of(), told);
      }
      before = after;
    }
  }
}
