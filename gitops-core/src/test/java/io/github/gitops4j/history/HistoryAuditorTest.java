package io.github.gitops4j.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.history.HistoryAudit.Kind;
import io.github.gitops4j.resource.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryAuditorTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final int COUNT = 7;

  private final List<HistoryRecord> records = records("me");

  private static List<HistoryRecord> records(String by) {
    List<HistoryRecord> records = new ArrayList<>();
    HistoryState state = HistoryState.empty();
    for (int i = 1; i <= COUNT; i++) {
      HistoryEvent event = new HistoryEvent.RevisionUnpinned(by + " " + i);
      records.add(HistoryRecord.following(state.sequence(), state.digest(), TIME, event));
      state = state.after(records.get(i - 1));
    }
    return records;
  }

  private static byte[] lines(List<HistoryRecord> records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (HistoryRecord record : records) {
      bytes.writeBytes(HistoryJson.write(record));
      bytes.write('\n');
    }
    return bytes.toByteArray();
  }

  private static HistoryAudit audit(HistoryAuditor auditor, byte[] lines) {
    auditor.records("trail", lines);
    return auditor.result();
  }

  private static HistoryAudit audit(byte[] lines) {
    return audit(HistoryAuditor.create(), lines);
  }

  /** What is broken, after how many records in order, and where. */
  private void assertBroken(HistoryAudit audit, long records, Kind kind, long number) {
    assertThat(audit)
        .isInstanceOfSatisfying(
            HistoryAudit.Broken.class,
            broken -> {
              assertThat(broken.breach().kind()).as(broken.toString()).isEqualTo(kind);
              assertThat(broken.breach().sequence()).as(broken.toString()).isEqualTo(number);
              assertThat(broken.breach().toString()).startsWith("trail:").contains("" + number);
              assertThat(broken.records()).isEqualTo(records);
              assertThat(broken.digest()).isEqualTo(digest(records));
            });
  }

  private ContentDigest digest(long number) {
    return number == 0 ? HistoryRecord.START : records.get((int) number - 1).digest();
  }

  @Test
  void whatFollowsEachOtherIsWhole() {
    assertThat(audit(new byte[0])).isEqualTo(new HistoryAudit.Whole(0, HistoryRecord.START));
    for (int count = 1; count <= COUNT; count++) {
      assertThat(audit(lines(records.subList(0, count))))
          .isEqualTo(new HistoryAudit.Whole(count, digest(count)));
    }
  }

  @Test
  void everyBitThatIsDamagedIsFoundInItsRecord() {
    byte[] whole = lines(records);
    int line = 1;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      HistoryAudit.Breach breach = ((HistoryAudit.Broken) audit(damaged)).breach();
      assertThat(breach.sequence()).as("byte %d", at).isEqualTo(line);
      assertThat(breach.place()).isEqualTo("trail:" + line);
      if (whole[at] == '\n') {
        line++;
      }
    }
  }

  @Test
  void aRecordThatWasEditedIsNamed() {
    for (int i = 1; i <= COUNT; i++) {
      String edited = new String(lines(records), UTF_8).replace("me " + i, "you " + i);
      assertBroken(audit(edited.getBytes(UTF_8)), i - 1, Kind.EDITED, i);
    }
  }

  @Test
  void aRecordThatWasEditedAndSealedAgainIsFoundByTheOneBehindIt() {
    for (int i = 1; i < COUNT; i++) {
      List<HistoryRecord> forged = new ArrayList<>(records);
      forged.set(
          i - 1,
          HistoryRecord.following(
              i - 1, digest(i - 1), TIME, new HistoryEvent.RevisionUnpinned("you")));
      HistoryAudit.Broken broken = (HistoryAudit.Broken) audit(lines(forged));
      assertThat(broken.breach().kind()).isEqualTo(Kind.UNRELATED);
      assertThat(broken.breach().sequence()).isEqualTo(i + 1);
      assertThat(broken.breach().message()).contains("record " + i + " ");
    }
  }

  @Test
  void linesThatAreNoRecordsAreNamed() {
    for (String nonsense : List.of("", "{}", "\u0000", "{\"sequence\":1}", "[[[[")) {
      byte[] first = lines(records.subList(0, 2));
      byte[] all = (new String(first, UTF_8) + nonsense + "\n").getBytes(UTF_8);
      assertBroken(audit(all), 2, Kind.UNREADABLE, 3);
    }
  }

  @Test
  void aRecordThatWasTakenOutIsNamed() {
    for (int i = 1; i < COUNT; i++) {
      List<HistoryRecord> without = new ArrayList<>(records);
      without.remove(i - 1);
      assertBroken(audit(lines(without)), i - 1, Kind.MISSING, i);
    }
  }

  @Test
  void recordsThatChangedPlacesAreToldFromThoseThatAreMissing() {
    for (int i = 1; i < COUNT; i++) {
      for (int j = i + 1; j <= COUNT; j++) {
        List<HistoryRecord> swapped = new ArrayList<>(records);
        Collections.swap(swapped, i - 1, j - 1);
        assertBroken(audit(lines(swapped)), i - 1, Kind.MOVED, i);
      }
    }
  }

  @Test
  void aRecordThatIsThereTwiceIsNamed() {
    for (int i = 1; i <= COUNT; i++) {
      List<HistoryRecord> twice = new ArrayList<>(records);
      twice.add(i, records.get(i - 1));
      assertBroken(audit(lines(twice)), i, Kind.REPEATED, i);
    }
  }

  @Test
  void recordsOfAnotherHistoryAreNoneOfThisOne() {
    List<HistoryRecord> mixed = new ArrayList<>(records.subList(0, 3));
    mixed.addAll(records("her").subList(3, COUNT));
    assertBroken(audit(lines(mixed)), 3, Kind.UNRELATED, 4);
  }

  @Test
  void aLastRecordThatWasCutShortAnywhereIsNamed() {
    byte[] whole = lines(records);
    int before = lines(records.subList(0, COUNT - 1)).length;
    for (int length = before + 1; length < whole.length; length++) {
      assertBroken(audit(Arrays.copyOf(whole, length)), COUNT - 1, Kind.TORN, COUNT);
    }
  }

  @Test
  void aLastRecordWhoseEndIsSomethingElseIsNotTakenForOneThatWasCutShort() {
    byte[] damaged = lines(records);
    damaged[damaged.length - 1] = 'x';
    assertBroken(audit(damaged), COUNT - 1, Kind.EDITED, COUNT);
  }

  @Test
  void newestRecordsThatWereCutOffAreMissedByWhoKnowsThem() {
    for (int length = 0; length < COUNT; length++) {
      byte[] cut = lines(records.subList(0, length));
      HistoryAudit.Broken broken =
          (HistoryAudit.Broken) audit(HistoryAuditor.knowing(digest(COUNT)), cut);
      assertThat(broken.breach().kind()).isEqualTo(Kind.CUT);
      assertThat(broken.breach().sequence()).isEqualTo(length + 1);
      assertThat(broken.breach().message()).contains(digest(COUNT).hex());
      assertThat(broken.records()).isEqualTo(length);
    }
  }

  @Test
  void aHistoryThatWasWrittenAnewIsFoundByWhoKnowsTheOldOne() {
    byte[] anew = lines(records("her"));
    assertThat(audit(anew)).isInstanceOf(HistoryAudit.Whole.class);
    HistoryAudit audit = audit(HistoryAuditor.knowing(digest(3)), anew);
    assertThat(((HistoryAudit.Broken) audit).breach().kind()).isEqualTo(Kind.CUT);
  }

  @Test
  void aHistoryMayGrowAfterItWasLookedAt() {
    for (int known = 0; known <= COUNT; known++) {
      assertThat(audit(HistoryAuditor.knowing(digest(known)), lines(records)))
          .isEqualTo(new HistoryAudit.Whole(COUNT, digest(COUNT)));
    }
  }

  @Test
  void theFirstThatIsWrongCounts() {
    List<HistoryRecord> wrong = new ArrayList<>(records);
    wrong.remove(4);
    String text = new String(lines(wrong), UTF_8).replace("me 2", "you 2");
    assertBroken(audit(text.getBytes(UTF_8)), 1, Kind.EDITED, 2);
  }
}
