package io.github.gitops4j.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId LORD_HOWE = ZoneId.of("Australia/Lord_Howe");
  private static final Duration HOUR = Duration.ofHours(1);

  private static Window window(String schedule, Duration duration, ZoneId zone) {
    return Window.of(Window.Kind.DENY, schedule, duration).in(zone);
  }

  private static Instant berlin(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T17:59:59, ''",
    "2026-11-27T18:00, 2026-11-30T08:00",
    "2026-11-28T12:00, 2026-11-30T08:00",
    "2026-11-30T07:59:59.999, 2026-11-30T08:00",
    "2026-11-30T08:00, ''",
  })
  void beginsWithItsFirstMomentAndEndsBeforeItsLast(String time, String end) {
    Window weekend = window("0 18 * * 5", Duration.ofHours(62), BERLIN);
    assertThat(weekend.openUntil(berlin(time)))
        .isEqualTo(end.isEmpty() ? Optional.empty() : Optional.of(berlin(end)));
  }

  @ParameterizedTest
  @CsvSource({
    // Winter, summer, and both sides of the changes of 2026.
    "2026-01-16T18:00",
    "2026-07-17T18:00",
    "2026-03-27T18:00",
    "2026-04-03T18:00",
    "2026-10-23T18:00",
    "2026-10-30T18:00",
  })
  void beginsAtItsLocalTimeInWinterAndSummer(String begin) {
    Window evening = window("0 18 * * 5", HOUR, BERLIN);
    Instant first = berlin(begin);
    assertThat(evening.openUntil(first)).contains(first.plus(HOUR));
    assertThat(evening.openUntil(first.minusMillis(1))).isEmpty();
    assertThat(evening.nextBegin(first.minusSeconds(1))).contains(first);
    assertThat(evening.nextBegin(first)).isNotEqualTo(Optional.of(first));
  }

  @Test
  void lastsAsLongOnTheDayOfAChange() {
    Window night = window("0 0 * * *", Duration.ofHours(6), BERLIN);
    Instant spring = berlin("2026-03-29T00:00");
    Instant autumn = berlin("2026-10-25T00:00");
    assertThat(night.openUntil(spring)).contains(berlin("2026-03-29T07:00"));
    assertThat(night.openUntil(autumn)).contains(berlin("2026-10-25T05:00"));
  }

  @Test
  void aBeginningThatIsLeftOutComesWhenItWouldHaveCome() {
    Window window = window("30 2 * * *", HOUR, BERLIN);
    Instant begin = berlin("2026-03-29T03:30");
    assertThat(window.nextBegin(berlin("2026-03-29T00:00"))).contains(begin);
    assertThat(window.openUntil(begin.minusMillis(1))).isEmpty();
    assertThat(window.openUntil(begin)).contains(begin.plus(HOUR));
  }

  @Test
  void aBeginningThatComesTwiceIsTwo() {
    Window window = window("30 2 * * *", Duration.ofMinutes(10), BERLIN);
    Instant first = Instant.parse("2026-10-25T00:30:00Z");
    Instant second = first.plus(HOUR);
    assertThat(window.nextBegin(first.minusSeconds(1))).contains(first);
    assertThat(window.nextBegin(first)).contains(second);
    assertThat(window.openUntil(first.plusSeconds(1))).contains(first.plusSeconds(600));
    assertThat(window.openUntil(first.plusSeconds(601))).isEmpty();
    assertThat(window.openUntil(second)).contains(second.plusSeconds(600));
    assertThat(window.nextBegin(second)).contains(berlin("2026-10-26T02:30"));
  }

  @Test
  void hasNoHoleWhereEachHourIsOne() {
    Window always = window("0 * * * *", HOUR, BERLIN);
    for (String day : List.of("2026-03-29T00:00:00Z", "2026-10-25T00:00:00Z")) {
      Instant time = Instant.parse(day).minus(Duration.ofHours(3));
      for (int minute = 0; minute < 600; minute++) {
        assertThat(always.openUntil(time)).as("%s", time).isPresent();
        time = time.plusSeconds(60);
      }
    }
  }

  @Test
  void knowsChangesOfHalfAnHour() {
    Window window = window("45 1 * * *", Duration.ofMinutes(10), LORD_HOWE);
    // On 2026-04-05 at 02:00 the clocks there go back to 01:30.
    Instant first = Instant.parse("2026-04-04T14:45:00Z");
    assertThat(window.nextBegin(first.minusSeconds(1))).contains(first);
    assertThat(window.nextBegin(first)).contains(first.plusSeconds(1800));
  }

  @Test
  void neverOpensWhereItsDurationIsOver() {
    Window leap = window("0 0 29 2 *", HOUR, BERLIN);
    assertThat(leap.openUntil(berlin("2026-11-27T00:00"))).isEmpty();
    assertThat(leap.nextBegin(berlin("2026-11-27T00:00"))).contains(berlin("2028-02-29T00:00"));
  }

  @Test
  void takesOneDayOrTheOtherWhereBothAreGiven() {
    Window window = window("0 0 13 * 5", HOUR, BERLIN);
    List<Instant> begins = new ArrayList<>();
    Instant time = berlin("2026-12-09T00:00");
    for (int i = 0; i < 3; i++) {
      time = window.nextBegin(time).orElseThrow();
      begins.add(time);
    }
    assertThat(begins)
        .containsExactly(
            berlin("2026-12-11T00:00"), berlin("2026-12-13T00:00"), berlin("2026-12-18T00:00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0 18 * *", "0 18 * * 5 2026", "0 24 * * *", "x 18 * * 5", "0 0 31 2 *"})
  void refusesWhatIsNoSchedule(String schedule) {
    assertThatThrownBy(() -> Window.of(Window.Kind.ALLOW, schedule, HOUR))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + schedule + "\"");
  }

  @Test
  void refusesADurationThatIsNotPositive() {
    assertThatThrownBy(() -> Window.of(Window.Kind.ALLOW, "0 18 * * 5", Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhatItIs() {
    assertThat(window("0 18 * * 5", Duration.ofHours(62), BERLIN))
        .hasToString("deny window \"0 18 * * 5\" for 62h in Europe/Berlin");
  }

  /** A schedule, and the local times that it means, said in another way. */
  private record Said(String schedule, Predicate<LocalTime> matches) {
    @Override
    public String toString() {
      return schedule;
    }
  }

  @Property(tries = 100)
  void beginsAtEachMinuteThatMatches(
      @ForAll("schedules") Said said,
      @ForAll("changes") Instant about,
      @ForAll("zones") ZoneId zone) {
    Window window = window(said.schedule(), Duration.ofMinutes(7), zone);
    Instant from = about.minus(Duration.ofHours(5));
    SortedSet<Instant> begins = begins(said, zone, from, about.plus(Duration.ofHours(29)));
    for (Instant time = from; time.isBefore(about.plus(HOUR)); time = time.plusSeconds(60)) {
      assertThat(window.nextBegin(time))
          .as("after %s", time)
          .contains(begins.tailSet(time.plusMillis(1)).first());
      SortedSet<Instant> before = begins.headSet(time.plusMillis(1));
      Optional<Instant> end =
          before.isEmpty() ? Optional.empty() : Optional.of(before.last().plusSeconds(420));
      if (time.isAfter(from.plusSeconds(420))) {
        assertThat(window.openUntil(time)).as("at %s", time).isEqualTo(end.filter(time::isBefore));
      }
    }
  }

  private static SortedSet<Instant> begins(Said said, ZoneId zone, Instant from, Instant to) {
    SortedSet<Instant> begins = new TreeSet<>();
    LocalDateTime last = LocalDateTime.ofInstant(from, zone).minusMinutes(1);
    for (Instant time = from; time.isBefore(to); time = time.plusSeconds(60)) {
      LocalDateTime local = LocalDateTime.ofInstant(time, zone);
      if (said.matches().test(local.toLocalTime())) {
        begins.add(time);
      }
      // What the clocks leave out: it would have come as long after this minute.
      for (LocalDateTime gone = last.plusMinutes(1);
          gone.isBefore(local);
          gone = gone.plusMinutes(1)) {
        if (said.matches().test(gone.toLocalTime())) {
          begins.add(time.plus(Duration.between(last.plusMinutes(1), gone)));
        }
      }
      last = local;
    }
    return begins;
  }

  @Provide
  Arbitrary<Said> schedules() {
    return Arbitraries.of(
        new Said("0 * * * *", time -> time.getMinute() == 0),
        new Said("30 2 * * *", time -> time.equals(LocalTime.of(2, 30))),
        new Said(
            "*/20 1-3 * * *",
            time -> time.getMinute() % 20 == 0 && time.getHour() >= 1 && time.getHour() <= 3),
        new Said(
            "15 1,2 * * *",
            time -> time.getMinute() == 15 && (time.getHour() == 1 || time.getHour() == 2)),
        new Said("0 3 * * *", time -> time.equals(LocalTime.of(3, 0))),
        new Said("59 1 * * *", time -> time.equals(LocalTime.of(1, 59))));
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(BERLIN, LORD_HOWE, ZoneId.of("America/New_York"), ZoneId.of("UTC"));
  }

  /** Changes of the clocks in Berlin, New York and on Lord Howe Island, and a day without one. */
  @Provide
  Arbitrary<Instant> changes() {
    return Arbitraries.of(
            "2026-03-29T01:00:00Z",
            "2026-10-25T01:00:00Z",
            "2026-03-08T07:00:00Z",
            "2026-11-01T06:00:00Z",
            "2026-04-04T15:00:00Z",
            "2026-10-03T15:30:00Z",
            "2026-06-01T01:00:00Z")
        .map(Instant::parse);
  }
}
