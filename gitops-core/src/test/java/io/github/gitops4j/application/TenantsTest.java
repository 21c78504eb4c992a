package io.github.gitops4j.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.gate.Tenant;
import io.github.gitops4j.resource.ResourceKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantsTest {
  private static final Path BASE = Path.of("/etc/gitops/apps");
  private static final String TWO =
      """
      apiVersion: gitops4j.github.io/v1alpha1
      kind: Tenant
      metadata: {name: shop}
      spec:
        applications: ["shop/*", "!shop/shared*"]
        sources: ["https://git.example.com/shop/*"]
        targets: ["kubernetes:*"]
        namespaces: ["shop-*"]
        kinds: [{group: apps}, {kind: Service}]
        deniedKinds: [{kind: Service, name: admin}]
        clusterKinds: [{kind: Namespace, name: "shop-*"}]
      ---
      apiVersion: gitops4j.github.io/v1alpha1
      kind: Tenant
      metadata: {name: blog}
      spec: {applications: ["blog.yaml", "shop/both.yaml"]}
      """;

  private static Tenants read(String yaml) {
    return Tenants.read("tenants.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String whose(String file) {
    return read(TWO).of(BASE, file).map(Tenant::tenant).orElse("nobody");
  }

  @Test
  void thePlaceOfAFileSaysWhoseItIs() {
    assertThat(whose("/etc/gitops/apps/shop/web.yaml")).isEqualTo("shop");
    assertThat(whose("/etc/gitops/apps/blog.yaml")).isEqualTo("blog");
    assertThat(whose("/etc/gitops/apps/shop/shared.yaml")).isEqualTo("nobody");
    assertThat(whose("/etc/gitops/apps/other.yaml")).isEqualTo("nobody");
    assertThat(whose("/etc/gitops/apps/shop/../other.yaml")).isEqualTo("nobody");
    assertThat(whose("/etc/gitops/shop/web.yaml")).isEqualTo("nobody");
    assertThatThrownBy(() -> whose("/etc/gitops/apps/shop/both.yaml"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[shop, blog]");
  }

  @Test
  void everythingIsRead() {
    Tenant shop = read(TWO).of(BASE, "/etc/gitops/apps/shop/web.yaml").orElseThrow();
    assertThat(shop.objection("https://git.example.com/shop/a", "kubernetes:x")).isEmpty();
    assertThat(shop.objection(ResourceKey.of("", "Service", "shop-a", "web"))).isEmpty();
    assertThat(shop.objection(ResourceKey.of("", "Service", "shop-a", "admin"))).isPresent();
    assertThat(shop.objection(ResourceKey.of("", "Secret", "shop-a", "web"))).isPresent();
    assertThat(shop.objection(ResourceKey.of("", "Namespace", "", "shop-a"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind: Tenant|kind: Project|2: kind: expected Tenant, not Project",
        "sources:|source:|6: spec.source: unknown key",
        "\"kubernetes:*\"|\"!\"|7: spec.targets: expected a glob that is not empty",
        "{group: apps}|{groups: apps}|9: spec.kinds[0].groups: unknown key",
      })
  void whatIsWrongIsNamedWithItsLine(String from, String to, String finding) {
    assertThatThrownBy(() -> read(TWO.replaceFirst(java.util.regex.Pattern.quote(from), to)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("tenants.yaml:" + finding);
  }

  @Test
  void anEmptyFileIsNoFileOfTenants() {
    assertThatThrownBy(() -> read("")).isInstanceOf(InvalidInputException.class);
  }
}
