package io.github.gitops4j.kubernetes.internal.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ManagerNameTest {
  @Test
  void namesTheOwner() {
    ManagerName manager = ManagerName.of("platform/shop");

    assertThat(manager.name()).isEqualTo("gitops4j:platform/shop");
    assertThat(ManagerName.ownerOf(manager.name())).contains("platform/shop");
  }

  @Test
  void isNobodyOfOurs() {
    assertThat(ManagerName.ownerOf("kubectl-client-side-apply")).isEmpty();
  }

  @Test
  void longOwnersStayApartAndFit() {
    String one = "ü".repeat(200) + "1";
    String two = "ü".repeat(200) + "2";

    assertThat(ManagerName.of(one).name()).isNotEqualTo(ManagerName.of(two).name());
    assertThat(ManagerName.of(one).name().getBytes(StandardCharsets.UTF_8))
        .hasSizeLessThanOrEqualTo(128);
  }
}
