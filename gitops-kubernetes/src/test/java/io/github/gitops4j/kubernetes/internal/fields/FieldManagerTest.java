package io.github.gitops4j.kubernetes.internal.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FieldManagerTest {
  @Test
  void namesTheOwner() {
    FieldManager manager = FieldManager.of("platform/shop");

    assertThat(manager.name()).isEqualTo("gitops4j:platform/shop");
    assertThat(FieldManager.ownerOf(manager.name())).contains("platform/shop");
  }

  @Test
  void isNobodyOfOurs() {
    assertThat(FieldManager.ownerOf("kubectl-client-side-apply")).isEmpty();
  }

  @Test
  void longOwnersStayApartAndFit() {
    String one = "ü".repeat(200) + "1";
    String two = "ü".repeat(200) + "2";

    assertThat(FieldManager.of(one).name()).isNotEqualTo(FieldManager.of(two).name());
    assertThat(FieldManager.of(one).name().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(128);
  }
}
