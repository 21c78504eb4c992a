package io.github.gitops4j.kubernetes.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.history.HistoryAudit;
import io.github.gitops4j.history.HistoryAudit.Kind;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryEvent;
import io.github.gitops4j.history.HistoryJson;
import io.github.gitops4j.history.HistoryRecord;
import io.github.gitops4j.history.HistoryState;
import io.github.gitops4j.kubernetes.inventory.StateHead.Standing;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Sensitive;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two segments of three records each, and two records in the head, which carries an approval. */
class HistoryTrailTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final int COUNT = 8;

  private final StateNames names = new StateNames("state");
  private final List<HistoryRecord> records = new ArrayList<>();
  private final Map<String, byte[]> secrets = new HashMap<>();
  private HistoryPart part = HistoryPart.EMPTY;

  @BeforeEach
  void write() {
    HistoryState state = HistoryState.empty();
    for (int i = 1; i <= COUNT; i++) {
      HistoryEvent event =
          i == 2
              ? new HistoryEvent.PlanApproved(ContentDigest.of("plan"), "ada")
              : new HistoryEvent.HooksRetried("me " + i);
      HistoryRecord record = HistoryRecord.following(state.sequence(), state.digest(), TIME, event);
      records.add(record);
      state = state.after(record);
    }
    part = part.with(records.subList(0, 3)).withoutFirst(3);
    part = part.with(records.subList(3, 6)).withoutFirst(3).with(records.subList(6, COUNT));
    assertThat(part.carried()).hasSize(2);
    segment(1, records.subList(0, 3));
    segment(2, records.subList(3, 6));
    head(part);
  }

  private void segment(int number, List<HistoryRecord> held) {
    secrets.put(names.segment(number), Lines.join(held.stream().map(HistoryJson::write).toList()));
  }

  private void head(HistoryPart history) {
    InventoryPart inventory =
        new InventoryPart(0, Sensitive.of(new byte[32]), List.of(), new TreeMap<>());
    secrets.put(
        names.head(), new StateHead("me", "w", Standing.SETTLED, inventory, history).bytes());
  }

  private void edit(String secret, String from, String to) {
    String content = new String(secrets.get(secret), UTF_8);
    assertThat(content).contains(from);
    secrets.put(secret, content.replace(from, to).getBytes(UTF_8));
  }

  private HistoryAudit audit() {
    HistoryAuditor auditor = HistoryAuditor.create();
    new HistoryTrail(
            names,
            name -> "Secret/" + name,
            name -> Optional.ofNullable(secrets.get(name)),
            auditor)
        .walk(Optional.ofNullable(secrets.get(names.head())));
    return auditor.result();
  }

  private void assertBroken(Kind kind, long number, String where) {
    HistoryAudit.Breach breach = ((HistoryAudit.Broken) audit()).breach();
    assertThat(breach.kind()).as(breach.toString()).isEqualTo(kind);
    assertThat(breach.sequence()).as(breach.toString()).isEqualTo(number);
    assertThat(breach.place()).isEqualTo(where);
  }

  @Test
  void segmentsAndHeadAreOneTrail() {
    assertThat(audit()).isEqualTo(new HistoryAudit.Whole(COUNT, records.get(COUNT - 1).digest()));
  }

  @Test
  void segmentsOfAnEarlierVersionAreATrailWithoutAHead() {
    secrets.remove(names.head());
    assertThat(audit()).isEqualTo(new HistoryAudit.Whole(6, records.get(5).digest()));
    secrets.remove(names.segment(1));
    assertBroken(Kind.MISSING, 1, "Secret/state-history-1");
  }

  @Test
  void nothingIsATrailOfNoRecords() {
    secrets.clear();
    assertThat(audit()).isEqualTo(new HistoryAudit.Whole(0, HistoryRecord.START));
  }

  @Test
  void aRecordThatWasEditedIsNamedWithItsSecret() {
    edit(names.segment(2), "me 5", "you 5");
    assertBroken(Kind.EDITED, 5, "Secret/state-history-2:2");
  }

  @Test
  void aRecordInTheHeadThatWasEditedIsNamedWithItsLine() {
    edit(names.head(), "me 8", "you 8");
    assertBroken(Kind.EDITED, 8, "Secret/state:5");
  }

  @Test
  void aSegmentThatIsGoneIsNamed() {
    secrets.remove(names.segment(2));
    assertBroken(Kind.MISSING, 4, "Secret/state-history-2");
  }

  @Test
  void aSegmentThatWasCutIsNamed() {
    segment(1, records.subList(0, 2));
    assertBroken(Kind.MISSING, 3, "Secret/state-history-2:1");
    byte[] torn = Lines.join(records.subList(0, 3).stream().map(HistoryJson::write).toList());
    secrets.put(names.segment(1), Arrays.copyOf(torn, torn.length - 9));
    assertBroken(Kind.TORN, 3, "Secret/state-history-1:3");
  }

  @Test
  void segmentsThatChangedPlacesAreToldFromOneThatIsGone() {
    segment(1, records.subList(3, 6));
    segment(2, records.subList(0, 3));
    assertBroken(Kind.MOVED, 1, "Secret/state-history-1:1");
  }

  @Test
  void aCarriedRecordThatIsAnotherOneThanInItsSegmentIsNamed() {
    HistoryRecord forged =
        HistoryRecord.following(
            1,
            records.get(0).digest(),
            TIME,
            new HistoryEvent.PlanApproved(ContentDigest.of("another"), "eve"));
    HistoryPart wrong = new HistoryPart(2, List.of(forged, part.carried().get(1)), part.tail());
    assertThat(wrong.state().approvals()).containsExactly(ContentDigest.of("another"));
    head(wrong);
    assertBroken(Kind.EDITED, 2, "Secret/state");
  }

  @Test
  void aHeadThatIsNoneIsAnError() {
    secrets.put(names.head(), "nothing".getBytes(UTF_8));
    assertThatThrownBy(this::audit).isInstanceOf(RuntimeException.class);
  }
}
