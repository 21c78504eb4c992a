package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.DesiredChanges;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link DesiredState} against its rules {@code DS-1} to {@code DS-6}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class DesiredStateContract extends DesiredStateKit {
  /** Creates the kit. */
  protected DesiredStateContract() {}

  @Test
  @ContractRule("DS-1")
  final void equalContentIdsMeanEqualDeclarations() {
    List<DesiredState> states = states();
    for (DesiredState one : states) {
      for (DesiredState other : states) {
        if (one.contentId().equals(other.contentId())) {
          assertEquals(entries(one), entries(other));
        }
      }
    }
  }

  @Test
  @ContractRule(value = "DS-1", needs = Capability.BROKEN_INPUT)
  final void brokenInputIsPartOfTheContentId() {
    SortedMap<String, String> contents = history().get(0);
    assertNotEquals(
        declareAndFetch(contents).contentId(), declareAndFetch(contents, "x").contentId());
  }

  @Test
  @ContractRule("DS-2")
  final void getAndForEachAgreeAndEachKeyOccursOnce() {
    for (SortedMap<String, String> contents : history()) {
      DesiredState state = declareAndFetch(contents);
      List<DesiredEntry> walked = new ArrayList<>();
      state.forEach(walked::add);
      assertEquals(contents.size(), walked.size());
      assertEquals(contents.size(), state.size());
      assertEquals(keys(contents), entries(state).keySet());
      for (DesiredEntry entry : walked) {
        assertEquals(Optional.of(entry), state.get(entry.key()));
      }
      assertEquals(Optional.empty(), state.get(fixture().key("none")));
    }
  }

  @Test
  @ContractRule("DS-3")
  final void loadGivesTheContentOfTheEntry() {
    Set<Object> digests = new HashSet<>();
    DesiredState state = declareAndFetch(resources("a", "one", "b", "two", "c", ""));
    state.forEach(
        entry -> {
          Resource loaded = state.load(entry.key(), Calls.UNBOUNDED);
          assertEquals(entry.key(), loaded.key());
          assertEquals(entry.digest(), loaded.digest());
          assertEquals(entry.digest(), fixture().digest(loaded.content()));
          assertEquals(entry.traits(), loaded.traits());
          digests.add(entry.digest());
        });
    assertEquals(3, digests.size(), "different contents have different digests");
  }

  @Test
  @ContractRule("DS-3")
  final void whatIsNotDeclaredIsNotLoaded() {
    DesiredState state = declareAndFetch(resources("a", "one"));
    ResourceKey none = fixture().key("none");
    assertThrows(SourceException.class, () -> state.load(none, Calls.UNBOUNDED));
  }

  @Test
  @ContractRule("DS-4")
  final void changesAreKnownOnlyIfTheyAreComplete() {
    List<DesiredState> states = states();
    DesiredState before = states.get(states.size() - 1);
    for (SortedMap<String, String> contents : history()) {
      DesiredState hinted = fetch(declare(contents), before);
      states.add(hinted);
      before = hinted;
    }
    for (DesiredState one : states) {
      for (DesiredState other : states) {
        if (other.changesSince(one.contentId()) instanceof DesiredChanges.Known known) {
          Set<ResourceKey> differing = differing(one, other);
          assertTrue(known.keys().containsAll(differing), () -> differing + " differ");
        }
      }
      assertInstanceOf(DesiredChanges.Unknown.class, one.changesSince("nonsense"));
    }
  }

  @Test
  @ContractRule(value = "DS-5", needs = Capability.BROKEN_INPUT)
  final void nothingIsLeftOutSilently() {
    DesiredState state = declareAndFetch(resources("a", "one"), "x", "y", "z");
    List<BrokenInput> broken = state.broken();
    assertEquals(3, broken.size());
    List<String> files = broken.stream().map(input -> input.origin().file()).toList();
    assertEquals(files.stream().sorted().distinct().toList(), files);
    broken.forEach(input -> assertFalse(input.failure().message().isBlank()));
    assertEquals(1, state.size());
  }

  @Test
  @ContractRule("DS-6")
  final void aCallThatHasEndedLoadsNothing() {
    DesiredState state = declareAndFetch(resources("a", "one"));
    assertEnds(call -> state.load(fixture().key("a"), call));
  }
}
