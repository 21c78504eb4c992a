package io.github.gitops4j.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanHeader;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gates that judge by time, by others and by who signed. */
class GatesTest {
  private static final Plan PLAN =
      Plan.of(
          new PlanHeader("target", "source", Revision.ofId("abc"), "content", "policy"),
          List.of(),
          List.of(),
          0);

  private static final Window MORNINGS =
      Window.of(Window.Kind.ALLOW, "0 8 * * *", Duration.ofHours(4));
  private static final Window AFTERNOONS =
      Window.of(Window.Kind.ALLOW, "0 14 * * *", Duration.ofHours(4));
  private static final Window LATE_MORNINGS =
      Window.of(Window.Kind.DENY, "0 11 * * *", Duration.ofHours(2));

  private Instant now = Instant.parse("2026-11-27T09:00:00Z");
  private Provenance provenance = Provenance.unknown();
  private Optional<Instant> begun = Optional.empty();
  private OtherApplications others = OtherApplications.none();
  private boolean approved;

  private GateVerdict ask(Gate gate) {
    return gate.evaluate(
        PLAN,
        new GateFacts(
            now,
            provenance,
            approved ? Set.of(PLAN.digest()) : Set.of(),
            new Standing(0, Set.of(), begun),
            Set.of(),
            others));
  }

  private static String word(GateVerdict verdict) {
    if (verdict instanceof GateVerdict.Await await) {
      return "until " + await.until().map(Instant::toString).orElse("whenever");
    }
    return verdict.getClass().getSimpleName();
  }

  @ParameterizedTest
  @CsvSource({
    "07:59, until 2026-11-27T08:00:00Z",
    "08:00, Allow",
    "11:00, until 2026-11-27T13:00:00Z",
    "13:00, until 2026-11-27T14:00:00Z",
    "14:00, Allow",
    "18:00, until 2026-11-28T08:00:00Z",
  })
  void anOpenWindowThatDeniesWinsAndOneThatAllowsHasToBeOpen(String time, String expected) {
    now = Instant.parse("2026-11-27T" + time + ":00Z");
    assertThat(word(ask(Windows.of(List.of(MORNINGS, AFTERNOONS, LATE_MORNINGS)))))
        .isEqualTo(expected);
  }

  @Test
  void whereAllWindowsDenyTheRestOfTheTimeIsFree() {
    assertThat(word(ask(Windows.of(List.of(LATE_MORNINGS))))).isEqualTo("Allow");
    assertThat(word(ask(Windows.of(List.of())))).isEqualTo("Allow");
  }

  @Test
  void whatHasBegunGoesOnIfEveryWindowAgainstItAllowsThat() {
    now = Instant.parse("2026-11-27T12:30:00Z");
    begun = Optional.of(now.minusSeconds(7200));
    Window soft = Window.of(Window.Kind.DENY, "0 12 * * *", Duration.ofHours(1)).withOverrun();
    assertThat(word(ask(Windows.of(List.of(soft))))).isEqualTo("Allow");
    assertThat(word(ask(Windows.of(List.of(soft, LATE_MORNINGS)))))
        .isEqualTo("until 2026-11-27T13:00:00Z");
    assertThat(word(ask(Windows.of(List.of(MORNINGS.withOverrun()))))).isEqualTo("Allow");
    begun = Optional.empty();
    assertThat(word(ask(Windows.of(List.of(soft))))).isEqualTo("until 2026-11-27T13:00:00Z");
  }

  @Test
  void anApprovalOverrulesWindowsAndSoakButNoSigner() {
    now = Instant.parse("2026-11-27T12:30:00Z");
    approved = true;
    GateVerdict verdict = ask(Windows.of(List.of(LATE_MORNINGS)));
    assertThat(verdict).isInstanceOf(GateVerdict.Allow.class);
    assertThat(verdict.reason())
        .isEqualTo("in deny window \"0 11 * * *\" for 2h in UTC; approved by digest");
    assertThat(word(ask(Soak.in("staging", Duration.ofHours(1))))).isEqualTo("Allow");
    assertThat(word(ask(SignedBy.anyOf(Set.of("ada"))))).isEqualTo("Deny");
  }

  @Test
  void aPlanWaitsUntilTheOtherApplicationWasReadyLongEnough() {
    Gate soak = Soak.in("staging", Duration.ofMinutes(30));
    assertThat(word(ask(soak))).isEqualTo("until whenever");
    assertThat(ask(soak).reason())
        .isEqualTo("staging has to be ready with abc for 30m, and is not");
    others =
        (name, revision) ->
            name.equals("staging") && revision.equals(PLAN.revision())
                ? Optional.of(Duration.ofMinutes(10))
                : Optional.empty();
    assertThat(word(ask(soak))).isEqualTo("until 2026-11-27T09:20:00Z");
    assertThat(word(ask(Soak.in("staging", Duration.ofMinutes(10))))).isEqualTo("Allow");
    assertThat(word(ask(Soak.in("dev", Duration.ofMinutes(1))))).isEqualTo("until whenever");
  }

  @Test
  void onlyAVerifiedSignerCounts() {
    Gate signed = SignedBy.anyOf(Set.of("ada", "grace"));
    assertThat(ask(signed).reason())
        .isEqualTo(
            "abc has to be signed by one of [ada, grace], and no signature of it was verified");
    provenance = signedBy("ada", Trust.NOT_CHECKED);
    assertThat(word(ask(signed))).isEqualTo("Deny");
    provenance = signedBy("ada", Trust.VERIFIED);
    assertThat(word(ask(signed))).isEqualTo("Allow");
    provenance = signedBy("eve", Trust.VERIFIED);
    assertThat(ask(signed).reason())
        .isEqualTo("abc has to be signed by one of [ada, grace], and is signed by eve");
  }

  private static Provenance signedBy(String signer, Trust trust) {
    return new Provenance("", "", Optional.empty(), "", Optional.of(signer), trust);
  }
}
