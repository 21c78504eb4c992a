package io.github.gitops4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.PlanException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

class PlanJsonTest {
  private static Plan random(long seed) {
    return new RandomPlans(new Random(seed)).plan();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Property(tries = 100, shrinking = ShrinkingMode.OFF)
  void warningsAreNoPartOfTheDigest(@ForAll long seed) {
    Plan plan = random(seed);
    assertThat(plan.with(List.of()).digest()).isEqualTo(plan.digest());
    assertThat(plan.with(List.of()).warnings()).isEmpty();
  }

  @Property(tries = 500, shrinking = ShrinkingMode.OFF)
  void readsWhatItWroteWithTheSameDigest(@ForAll long seed) {
    Plan plan = random(seed);
    byte[] json = PlanJson.write(plan);
    Plan read = PlanJson.read("plan.json", json);
    assertThat(read.header()).isEqualTo(plan.header());
    assertThat(read.actions()).isEqualTo(plan.actions());
    assertThat(read.broken()).isEqualTo(plan.broken());
    assertThat(read.warnings()).isEqualTo(plan.warnings());
    assertThat(read.inSync()).isEqualTo(plan.inSync());
    assertThat(read.digest()).isEqualTo(plan.digest());
    assertThat(PlanJson.write(read)).isEqualTo(json);
  }

  @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
  void aDamagedPlanIsATypedErrorOrSaysTheSame(@ForAll long seed) {
    Random random = new Random(seed);
    Plan plan = random(seed);
    byte[] json = PlanJson.write(plan);
    byte[] damaged = json.clone();
    if (random.nextInt(5) == 0) {
      damaged = Arrays.copyOf(json, random.nextInt(json.length));
    } else {
      String odd = "0-9\"{}[],:x\\ \n";
      damaged[random.nextInt(json.length)] = (byte) odd.charAt(random.nextInt(odd.length()));
    }
    try {
      Plan read = PlanJson.read("plan.json", damaged);
      assertThat(read.digest()).isEqualTo(plan.digest());
      assertThat(PlanDigest.of(read)).isEqualTo(plan.digest());
    } catch (GitOpsException e) {
      assertThat(e).isInstanceOfAny(InvalidInputException.class, PlanException.class);
      assertThat(e.category()).isEqualTo(FailureCategory.INVALID_INPUT);
      assertThat(e).hasMessageContaining("plan.json");
    }
  }

  @Test
  void aPlanOfANewerVersionIsRefusedByName() {
    String json = new String(PlanJson.write(random(1)), StandardCharsets.UTF_8);
    String newer = json.replace(PlanJson.FORMAT, "gitops4j.plan/2");
    assertThatThrownBy(() -> PlanJson.read("plan.json", bytes(newer)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("plan.json")
        .hasMessageContaining("expected gitops4j.plan/1, not gitops4j.plan/2");
  }

  @Test
  void aFileThatIsNoPlanIsRefused() {
    for (String other :
        new String[] {"", "[]", "{}", "null", "\u0000", "kind: x", "{\"format\":1}"}) {
      assertThatThrownBy(() -> PlanJson.read("plan.json", bytes(other)))
          .as(other)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("plan.json");
    }
  }
}
