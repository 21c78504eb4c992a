package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Deliveries that are well-formed but for one part, of each provider. */
class BentDeliveryTest {
  private static final List<String> ODD =
      List.of(
          "null",
          "true",
          "false",
          "-1",
          "1.5",
          "1e400",
          "9".repeat(2_000),
          "\"\"",
          "\"x\"",
          "\"\\u0000\\ud83c\\u202e\\n\"",
          "\"" + "y".repeat(5_000) + "\"",
          "\"refs/heads/\"",
          "\"refs/pull/1/head\"",
          "\"" + Sent.ZEROS + "\"",
          "\"http://169.254.169.254/latest\"",
          "{}",
          "[]",
          "[[null]]",
          "[{}, 7, \"x\", null]",
          "{\"ref\": {\"id\": [1]}, \"name\": 3, \"commits\": {}}",
          "[".repeat(300) + "]".repeat(300));

  @Example
  void eachIsWhatItIs() {
    for (WellFormed delivery : WellFormed.ALL) {
      assertThat(delivery.judged(delivery.json()).kind())
          .as(delivery.toString())
          .isEqualTo(delivery.kind());
    }
    assertThat(WellFormed.ALL.stream().map(WellFormed::provider).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Provider.values());
  }

  @Property(tries = 400)
  void aPartThatIsOddOrMissingOrDoubledIsNoHarm(
      @ForAll("deliveries") WellFormed delivery,
      @ForAll @IntRange(max = 999) int at,
      @ForAll Bent.Way way,
      @ForAll("odd") String odd) {
    int part = at % Bent.parts(delivery.json());

    check(delivery, delivery.judged(Bent.of(delivery.json(), part, way, odd)));
  }

  @Property(tries = 200)
  void aBodyThatBreaksOffIsNoHarm(
      @ForAll("deliveries") WellFormed delivery, @ForAll @IntRange(max = 999) int at) {
    byte[] body = delivery.json().strip().getBytes(UTF_8);

    Verdict verdict = delivery.judged(Arrays.copyOf(body, body.length * at / 1_000));

    check(delivery, verdict);
    assertThat(verdict.httpStatus()).isEqualTo(delivery.kind() == Verdict.Kind.PING ? 200 : 400);
  }

  @Property(tries = 200)
  void aByteThatIsAnotherOneIsNoHarm(
      @ForAll("deliveries") WellFormed delivery,
      @ForAll @IntRange(max = 999_999) int at,
      @ForAll byte other) {
    byte[] body = delivery.json().getBytes(UTF_8);
    body[at % body.length] = other;

    check(delivery, delivery.judged(body));
  }

  /** A verdict that says what follows, or a refusal of what was verified and not understood. */
  private static void check(WellFormed delivery, Verdict verdict) {
    assertThat(verdict.verified()).isPresent();
    if (verdict instanceof Verdict.Refused) {
      assertThat(verdict.httpStatus()).isEqualTo(400);
    } else {
      assertThat(verdict.httpStatus()).isEqualTo(200);
      assertThat(verdict.verified().orElseThrow().provider()).isEqualTo(delivery.provider());
    }
    if (verdict instanceof Verdict.Moved moved) {
      assertThat(moved.updates()).allMatch(update -> !update.ref().isEmpty());
      assertThat(moved.repositories().matches("http://169.254.169.254/other")).isFalse();
      assertThat(verdict instanceof Verdict.TagPush)
          .isEqualTo(
              !moved.updates().isEmpty()
                  && moved.updates().stream().allMatch(u -> u.type() == RefUpdate.Type.TAG));
    }
  }

  @Provide
  Arbitrary<WellFormed> deliveries() {
    return Arbitraries.of(WellFormed.ALL);
  }

  @Provide
  Arbitrary<String> odd() {
    return Arbitraries.of(ODD);
  }
}
