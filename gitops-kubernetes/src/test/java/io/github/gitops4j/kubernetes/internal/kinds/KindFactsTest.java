package io.github.gitops4j.kubernetes.internal.kinds;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindFactsTest {
  @Test
  void knowsTheListsOfAPod() {
    FieldType spec = KindFacts.of("v1", "Pod").field("spec");
    FieldType container = spec.field("containers").element();

    assertThat(spec.field("containers").keys()).containsExactly("name");
    assertThat(container.field("ports").keys()).containsExactly("containerPort", "protocol");
    assertThat(container.field("args").form()).isEqualTo(FieldType.Form.LIST);
    assertThat(container.field("resources").field("limits").field("cpu").form())
        .isEqualTo(FieldType.Form.QUANTITY);
    assertThat(KindFacts.of("v1", "Pod").field("metadata").field("finalizers").form())
        .isEqualTo(FieldType.Form.SET);
  }

  @Test
  void knowsWhatTheServerTakesForAbsent() {
    FieldType spec =
        KindFacts.of("apps/v1", "Deployment").field("spec").field("template").field("spec");

    assertThat(spec.field("hostNetwork").isImplied(bool(false))).isTrue();
    assertThat(spec.field("hostNetwork").isImplied(bool(true))).isFalse();
    assertThat(spec.field("automountServiceAccountToken").isImplied(bool(false)))
        .as("says something else than nothing")
        .isFalse();
    assertThat(spec.field("restartPolicy").isImplied(Text.of("Always"))).isTrue();
    assertThat(spec.field("securityContext").isImplied(Mapping.empty())).isTrue();
    FieldType selector =
        KindFacts.of("networking.k8s.io/v1", "NetworkPolicy")
            .field("spec")
            .field("ingress")
            .element()
            .field("from")
            .element()
            .field("namespaceSelector");
    assertThat(selector.isImplied(Mapping.empty())).as("selects everything").isFalse();
  }

  @Test
  void knowsOfCustomKindsWhatTheyHaveInCommon() {
    FieldType shop = KindFacts.of("example.com/v1", "Shop");

    assertThat(shop.field("metadata").field("labels").isImplied(Mapping.empty())).isTrue();
    assertThat(shop.field("spec").field("containers").keys()).containsExactly("name");
    assertThat(shop.field("spec").isImplied(Mapping.empty())).isFalse();
    assertThat(shop.field("spec").field("limits").field("cpu").areSame(Numeral.of(1), text("1")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1,1000m",
    "0.5,500m",
    "1Gi,1024Mi",
    "1e3,1k",
    "1E,1000P",
    "1.0,1",
    "+1,1",
    "0.0000000001,1n",
    "-1,-1000m",
    "1500u,1.5m"
  })
  void theSameAmountInOtherWords(String one, String other) {
    assertThat(Quantity.areEqual(text(one), text(other))).isTrue();
    assertThat(Quantity.areEqual(text(other), text(one))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1,2", "1,1Ki", "1G,1Gi", "'',''", "x,x", "1Q,1Q", "1.2.3,1.2.3", "1e,1e", "1E,1e"})
  void otherAmountsOrNone(String one, String other) {
    assertThat(Quantity.areEqual(text(one), text(other))).isFalse();
  }

  @Test
  void aLongAmountIsNone() {
    assertThat(Quantity.amount(text("1".repeat(100)))).isEmpty();
    assertThat(Quantity.amount(text("1e999999999"))).isEmpty();
    assertThat(List.of(Quantity.amount(Numeral.of(2)), Quantity.amount(text("2000m"))))
        .allMatch(amount -> amount.orElseThrow().intValue() == 2);
  }

  @ParameterizedTest
  @CsvSource({"90s,1m30s", "1h,60m0s", "1.5s,1500ms", "-1s,-1000ms", "1us,1µs"})
  void theSameTimeInOtherWords(String one, String other) {
    assertThat(GoDuration.areEqual(text(one), text(other))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1s,2s", "1,1", "s,s", "1s,-1s"})
  void otherTimesOrNone(String one, String other) {
    assertThat(GoDuration.areEqual(text(one), text(other))).isFalse();
  }

  private static Value text(String text) {
    return Text.of(text);
  }

  private static Value bool(boolean value) {
    return Bool.of(value);
  }
}
