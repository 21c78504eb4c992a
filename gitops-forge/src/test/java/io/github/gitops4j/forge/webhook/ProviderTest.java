package io.github.gitops4j.forge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The names of providers. */
class ProviderTest {
  @Test
  void eachIsFoundByItsNames() {
    for (Provider provider : Provider.values()) {
      assertThat(Provider.parse(provider.id().toUpperCase(java.util.Locale.ROOT)))
          .isEqualTo(provider);
    }
    assertThat(Provider.parse("bitbucket")).isEqualTo(Provider.BITBUCKET_CLOUD);
    assertThat(Provider.parse("bitbucket-server")).isEqualTo(Provider.BITBUCKET_DC);
    assertThat(Provider.parse("azure")).isEqualTo(Provider.AZURE_DEVOPS);
    assertThatThrownBy(() -> Provider.parse("sourceforge"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("github, gitlab, gitea");
  }
}
