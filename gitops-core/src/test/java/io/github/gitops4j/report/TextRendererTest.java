package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextRendererTest {
  private static final ReportItem PLAN = new ReportItem.OfPlan("shop", Samples.plan());

  @Test
  void colorsOnlyWhenAskedTo() {
    TextRenderer colored = TextRenderer.builder().ink(Ink.COLORED).build();

    assertThat(TextRenderer.plain().render(PLAN)).doesNotContain("\u001b");
    assertThat(colored.render(PLAN)).contains("\u001b[32m+ create    \u001b[0m conf/app");
  }

  @Test
  void colorsChangeNothingElse() {
    TextRenderer colored = TextRenderer.builder().ink(Ink.COLORED).build();

    assertThat(colored.render(PLAN).replaceAll("\u001b\\[[0-9]+m", ""))
        .isEqualTo(TextRenderer.plain().render(PLAN));
  }

  @Test
  void cutsLongListsWithACount() {
    String cut = TextRenderer.builder().limit(1).build().render(PLAN);

    assertThat(cut).contains("and 7 more").contains("and 1 more");
    assertThat(cut.lines().count()).isLessThan(TextRenderer.plain().render(PLAN).lines().count());
  }

  @Test
  void separatesItems() {
    assertThat(TextRenderer.plain().render(List.of(PLAN, PLAN))).contains("\n\napplication shop\n");
  }

  @Test
  void refusesALimitBelowOne() {
    assertThatIllegalArgumentException().isThrownBy(() -> TextRenderer.builder().limit(0));
  }
}
