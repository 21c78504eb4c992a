package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.Remote.Tracked;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.contract.TreeSourceFixture.Published;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link TreeSource} against its rules {@code TS-1} to {@code TS-7}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class TreeSourceContract extends TreeSourceKit {
  private static final SortedMap<String, Published> ONE = files("a", "one", "dir/b", "one");
  private static final SortedMap<String, Published> TWO = files("a", "two", "dir/c", "one");

  /** Creates the kit. */
  protected TreeSourceContract() {}

  @Test
  @ContractRule("TS-1")
  final void latestNamesWhatIsTrackedNow() {
    Revision one = publish(ONE);
    assertEquals(one, fixture().source().latest(Calls.UNBOUNDED));
    Revision two = publish(TWO);
    assertNotEquals(one.id(), two.id());
    assertEquals(TWO, contents(fetch(two).tree()));
  }

  @Test
  @ContractRule(value = "TS-1", needs = Capability.MEASURED_READS)
  final void latestReadsNothingThatWasReadBefore() {
    fetch(publish(ONE));
    long before = fixture().contentRead();
    fixture().source().latest(Calls.UNBOUNDED);
    assertEquals(before, fixture().contentRead());
  }

  @Test
  @ContractRule("TS-2")
  final void fetchGivesTheRevisionAskedForOrThrows() {
    Revision one = publish(ONE);
    publish(TWO);
    try {
      assertIs(one, ONE, fetch(one));
    } catch (SourceException | UncheckedIOException e) {
      Calls.assertExplains(e);
    }
  }

  @Test
  @ContractRule(value = "TS-2", needs = Capability.PAST_REVISIONS)
  final void fetchGivesARevisionThatIsNoLongerTheLatest() {
    Revision one = publish(ONE);
    publish(TWO);
    publish(files("a", "three"));
    assertIs(one, ONE, fetch(one));
    assertIs(one, ONE, fetch(Revision.ofId(one.id())));
  }

  @Test
  @ContractRule("TS-2")
  final void aRevisionThatIsNotThereIsNeverReplacedByAnother() {
    Revision one = publish(ONE);
    String unlike = one.id().startsWith("0") ? "1" : "0";
    for (String id :
        List.of(unlike + one.id().substring(1), one.id() + "0", "nonsense", "HEAD", "--help")) {
      assertThrows(SourceException.class, () -> fetch(new Revision(one.ref(), id)), id);
      assertThrows(SourceException.class, () -> fetch(Revision.ofId(id)), id);
    }
  }

  @Test
  @ContractRule("TS-3")
  final void fetchingARevisionTwiceGivesEqualTrees() {
    Revision one = publish(ONE);
    FetchedTree first = fetch(one);
    FetchedTree second = fetch(one);
    assertEquals(first.tree().id(), second.tree().id());
    assertEquals(contents(first.tree()), contents(second.tree()));
    assertEquals(first.provenance(), second.provenance());
  }

  @Test
  @ContractRule(value = "TS-4", needs = Capability.UNREACHABLE)
  final void anUnreachableSourceThrows() {
    fetch(publish(ONE));
    Revision two = publish(TWO);
    fixture().makeUnreachable();
    assertThrows(SourceException.class, () -> fixture().source().latest(Calls.UNBOUNDED));
    try {
      assertIs(two, TWO, fetch(two));
    } catch (SourceException | UncheckedIOException e) {
      Calls.assertExplains(e);
    }
  }

  @Test
  @ContractRule(value = "TS-4", needs = Capability.EMPTY_SOURCE)
  final void aSourceWithoutAnythingToTrackThrows() {
    TreeSource empty = fixture().emptySource();
    assertThrows(SourceException.class, () -> empty.latest(Calls.UNBOUNDED));
    publish(ONE);
    Revision one = fixture().source().latest(Calls.UNBOUNDED);
    assertThrows(SourceException.class, () -> empty.fetch(one, Calls.UNBOUNDED));
  }

  @Test
  @ContractRule("TS-5")
  final void aCallThatHasEndedDoesNothing() {
    Revision one = publish(ONE);
    TreeSource source = fixture().source();
    assertEnds(source::latest);
    assertEnds(call -> source.fetch(one, call));
    fetch(one);
    assertEnds(call -> source.fetch(one, call));
  }

  @Test
  @ContractRule(value = "TS-6", needs = Capability.CREDENTIALS)
  final void namesAndMessagesAreFreeOfCredentials() {
    String credential = "s3cr3t-c7edential";
    TreeSource source = fixture().refusing(credential);
    assertFalse(source.id().contains(credential), source.id());
    SourceException thrown =
        assertThrows(SourceException.class, () -> source.latest(Calls.UNBOUNDED));
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      assertFalse(at.toString().contains(credential), "a credential is in the message");
    }
    assertFalse(thrown.failure().toString().contains(credential), "it is in the failure");
    assertFalse(source.toString().contains(credential), "it is in the source's text");
  }

  @Test
  @ContractRule("TS-7")
  final void aRemoteTellsWhatLatestTells() {
    publish(ONE);
    TreeSource source = fixture().source();
    Optional<Remote> remote = source.remote();
    assertEquals(remote, source.remote(), "the remote of a source is always equal");
    for (SortedMap<String, Published> next : List.of(ONE, TWO)) {
      Revision revision = publish(next);
      Tracked at = new Tracked.At(revision);
      remote.ifPresent(
          known ->
              assertEquals(
                  List.of(at, at), known.latest(List.of(source, source), Calls.UNBOUNDED)));
    }
  }

  private static void assertIs(
      Revision revision, SortedMap<String, Published> files, FetchedTree fetched) {
    assertEquals(revision.id(), fetched.revision().id());
    assertEquals(files, contents(fetched.tree()));
  }
}
