package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link io.github.gitops4j.live.LiveStateProvider} against its rules {@code LSP-1} to
 * {@code LSP-9}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class LiveStateProviderContract extends TargetKit {
  /** Creates the kit. */
  protected LiveStateProviderContract() {}

  @Test
  @ContractRule("LSP-1")
  final void observingWritesNothing() {
    fixture().write("a", "one");
    fixture().write("b", "two");
    Map<String, String> before = fixture().contents();
    observe();
    observe(Scope.keys(Set.of(fixture().key("a"), fixture().key("never-there"))));
    assertEquals(before, fixture().contents());
  }

  @Test
  @ContractRule("LSP-2")
  final void tellsAbsentFromPresent() {
    fixture().write("a", "one");
    for (Scope scope : scopes("a", "b")) {
      LiveState state = observe(scope);
      present(state, "a");
      assertInstanceOf(Observation.Absent.class, state.observation(fixture().key("b")));
    }
  }

  @Test
  @ContractRule("LSP-2")
  final void whatWasRemovedIsAbsent() {
    fixture().write("a", "one");
    present("a");
    fixture().remove("a");
    for (Scope scope : scopes("a")) {
      assertInstanceOf(Observation.Absent.class, observe(scope).observation(fixture().key("a")));
    }
  }

  @Test
  @ContractRule(value = "LSP-2", needs = Capability.UNREADABLE_RESOURCE)
  final void unreadableIsNotAbsent() {
    fixture().write("a", "one");
    fixture().makeUnreadable("a");
    for (Scope scope : scopes("a")) {
      LiveState state = observe(scope);
      assertInstanceOf(Observation.Unreadable.class, state.observation(fixture().key("a")));
      assertEquals(List.of(), keys(state));
    }
  }

  @Test
  @ContractRule("LSP-2")
  final void aKeyOutsideTheScopeIsNoAnswerButAnError() {
    fixture().write("a", "one");
    LiveState state = observe(Scope.keys(Set.of(fixture().key("b"))));
    assertThrows(IllegalArgumentException.class, () -> state.observation(fixture().key("a")));
  }

  @Test
  @ContractRule("LSP-3")
  final void anUntouchedResourceKeepsTokenAndDigest() {
    fixture().write("a", "one");
    LiveResource first = present("a");
    fixture().write("b", "two");
    LiveResource second = present("a");
    assertEquals(first.token(), second.token());
    assertEquals(first.digest(), second.digest());
    assertEquals(first.uid(), second.uid());
  }

  @Test
  @ContractRule("LSP-3")
  final void aChangedResourceHasAnotherTokenAndDigest() {
    fixture().write("a", "one");
    LiveResource first = present("a");
    fixture().write("a", "two");
    LiveResource second = present("a");
    assertNotEquals(first.token(), second.token());
    assertNotEquals(first.digest(), second.digest());
  }

  @Test
  @ContractRule("LSP-3")
  final void theOldDigestComesBackWithTheOldContent() {
    fixture().write("a", "one");
    LiveResource first = present("a");
    fixture().write("a", "two");
    present("a");
    fixture().write("a", "one");
    LiveResource third = present("a");
    assertEquals(first.digest(), third.digest());
    assertNotEquals(first.token(), third.token());
  }

  @Test
  @ContractRule("LSP-3")
  final void manyQuickChangesOfEqualSizeAreAllSeen() {
    for (int i = 0; i < 50; i++) {
      fixture().write("a", "x" + (char) ('a' + i % 2));
      LiveResource first = present("a");
      fixture().write("a", "x" + (char) ('a' + (i + 1) % 2));
      assertNotEquals(first.digest(), present("a").digest(), "change " + i);
    }
  }

  @Test
  @ContractRule(value = "LSP-4", needs = Capability.UNREADABLE_RESOURCE)
  final void oneUnreadableResourceDoesNotHideTheOthers() {
    fixture().write("a", "one");
    fixture().write("b", "two");
    fixture().write("c", "three");
    fixture().makeUnreadable("b");
    for (Scope scope : scopes("a", "b", "c")) {
      LiveState state = observe(scope);
      assertEquals(List.of(fixture().key("a"), fixture().key("c")), keys(state));
    }
  }

  @Test
  @ContractRule(value = "LSP-5", needs = Capability.UNREACHABLE)
  final void throwsIfNothingCanBeObserved() {
    fixture().write("a", "one");
    scenario().own("mine", "one");
    fixture().makeUnreachable();
    assertThrows(LiveStateException.class, this::observe);
    assertThrows(LiveStateException.class, () -> observe(Scope.keys(Set.of(fixture().key("a")))));
  }

  @Test
  @ContractRule("LSP-6")
  final void givesEachPresentResourceOnce() {
    assertEquals(List.of(), keys(observe()));
    List<ResourceKey> expected = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "e")) {
      fixture().write(name, "content of " + name);
      expected.add(fixture().key(name));
    }
    assertEquals(expected, keys(observe()));
    fixture().remove("c");
    expected.remove(fixture().key("c"));
    assertEquals(expected, keys(observe()));
    assertEquals(expected, keys(fixture().reopen().live().observe(Scope.everything(), call())));
  }

  @Test
  @ContractRule("LSP-7")
  final void endsWithItsCall() {
    fixture().write("a", "one");
    assertEnds(call -> fixture().target().live().observe(Scope.everything(), call));
    assertEnds(
        call -> fixture().target().live().observe(Scope.keys(Set.of(fixture().key("a"))), call));
    assertTrue(fixture().contents().containsKey("a"));
  }

  @Test
  @ContractRule("LSP-8")
  final void tellsWhatChangedOrThatItCannot() {
    fixture().write("stays", "one");
    fixture().write("changes", "one");
    fixture().write("goes", "one");
    LiveState first = observe();
    assertChanged(observe(), first, Set.of());
    fixture().write("changes", "two");
    fixture().remove("goes");
    fixture().write("comes", "one");
    LiveState second = observe();
    assertChanged(second, first, Set.of("changes", "goes", "comes"));
    assertChanged(observe(), second, Set.of());
  }

  @Test
  @ContractRule("LSP-8")
  final void whatCameBackBetweenTwoLooksIsNamed() {
    fixture().write("a", "one");
    fixture().write("b", "one");
    LiveState first = observe();
    fixture().write("a", "two");
    fixture().remove("b");
    observe(Scope.keys(Set.of(fixture().key("a"), fixture().key("b"))));
    fixture().write("a", "one");
    fixture().write("b", "one");
    assertChanged(observe(), first, Set.of("a", "b"));
  }

  @Test
  @ContractRule("LSP-9")
  final void whatIsWantedIsSeenAsIfAllWere() {
    for (String name : List.of("a", "b", "c")) {
      fixture().write(name, "content of " + name);
    }
    LiveState all = observe();
    assertWanted(all, "a", "none");
    fixture().write("b", "changed while nobody wanted it");
    fixture().write("a", "changed");
    assertWanted(observe(), "a", "b", "none");
    fixture().remove("c");
    assertWanted(observe(), "b", "c");
  }

  private void assertWanted(LiveState all, String... names) {
    Set<ResourceKey> wanted = new HashSet<>();
    for (String name : names) {
      wanted.add(fixture().key(name));
    }
    LiveState some = observe(Scope.everything(Set.of(), wanted::contains));
    for (ResourceKey key : wanted) {
      assertEquals(all.observation(key), some.observation(key), key::toString);
    }
  }

  private void assertChanged(LiveState later, LiveState earlier, Set<String> names) {
    Set<ResourceKey> expected = new HashSet<>();
    names.forEach(name -> expected.add(fixture().key(name)));
    if (earlier.generation().isPresent()) {
      later
          .changedSince(earlier.generation().getAsLong())
          .ifPresent(keys -> assertTrue(keys.containsAll(expected), () -> keys + ": " + expected));
    }
  }

  private static CallContext call() {
    return Calls.UNBOUNDED;
  }

  private List<Scope> scopes(String... names) {
    Set<ResourceKey> keys = new HashSet<>();
    for (String name : names) {
      keys.add(fixture().key(name));
    }
    return List.of(Scope.everything(), Scope.keys(keys));
  }

  private static List<ResourceKey> keys(LiveState state) {
    List<ResourceKey> keys = new ArrayList<>();
    state.forEachPresent((LiveResource resource) -> keys.add(resource.key()));
    return keys.stream().sorted().toList();
  }
}
