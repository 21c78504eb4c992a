package io.github.gitops4j.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Many applications of one template. */
class ApplicationSetTest {
  private static final String SET =
      """
      apiVersion: gitops4j.github.io/v1alpha1
      kind: ApplicationSet
      metadata: {name: shop}
      spec:
        generators:
          - list:
              elements:
                - {env: dev, every: 30s, suspended: true, after: []}
                - {env: staging, every: 1m, suspended: false, after: [base]}
                - {env: prod, every: 5m, suspended: false, after: [base, shop-staging]}
        template:
          metadata: {name: "shop-${env}"}
          spec:
            source:
              directory: {path: "envs/${env}"}
            target:
              filesystem: {root: "/srv/${env}/$${home}"}
            policy: {interval: "${every}"}
            dependsOn: "${after}"
            suspend: "${suspended}"
      """;

  private final ApplicationReader reader =
      ApplicationReader.of(
          List.of(ApplicationSetTest.<TreeSource>opening("directory", "path")),
          List.of(ApplicationSetTest.<Target>opening("filesystem", "root")));

  private static <T> Backend<T> opening(String name, String setting) {
    return Backend.bind(
        name,
        settings -> {
          String value = settings.text(setting);
          return () -> {
            throw new IllegalStateException("opened " + value);
          };
        });
  }

  private List<ApplicationSpec> read(String yaml) {
    return reader.read("set.yaml", yaml.getBytes(StandardCharsets.UTF_8));
  }

  private List<String> findings(String yaml) {
    InvalidInputException first =
        catchThrowableOfType(InvalidInputException.class, () -> read(yaml));
    assertThat(first).isNotNull();
    return Stream.concat(Stream.of(first), Stream.of(first.getSuppressed()))
        .map(Throwable::getMessage)
        .toList();
  }

  @Test
  void isOneApplicationForEachElement() {
    List<ApplicationSpec> specs = read(SET);
    assertThat(specs)
        .extracting(ApplicationSpec::name)
        .containsExactly("shop-dev", "shop-staging", "shop-prod");
    ApplicationSpec prod = specs.get(2);
    assertThatThrownBy(prod::openSource).hasMessage("opened envs/prod");
    assertThatThrownBy(prod::openTarget).hasMessage("opened /srv/prod/${home}");
    assertThat(prod.policy().interval()).isEqualTo(Duration.ofMinutes(5));
    assertThat(prod.dependsOn()).containsExactly("base", "shop-staging");
    assertThat(specs).extracting(ApplicationSpec::suspended).containsExactly(true, false, false);
    assertThat(specs).extracting(spec -> spec.origin().line()).containsExactly(8, 9, 10);
  }

  @Test
  void anElementThatDidNotChangeGivesAnApplicationThatDidNotChange() {
    List<ApplicationSpec> before = read(SET);
    List<ApplicationSpec> after = read(SET.replace("every: 5m", "every: 6m"));
    assertThat(after.get(0).digest()).isEqualTo(before.get(0).digest());
    assertThat(after.get(2).digest()).isNotEqualTo(before.get(2).digest());
  }

  @Test
  void aParameterThatIsMissingIsNamedWithItsLine() {
    assertThat(findings(SET.replace("{env: staging, every: 1m,", "{env: staging,")))
        .singleElement()
        .asString()
        .startsWith("set.yaml:18:")
        .contains("no parameter every", "line 9", "[env, suspended, after]");
  }

  @Test
  void whatIsNoParameterIsNamedWithItsLine() {
    assertThat(findings(SET.replace("envs/${env}", "envs/${env")))
        .hasSize(3)
        .allMatch(finding -> finding.startsWith("set.yaml:15:"));
    assertThat(findings(SET.replace("env: dev", "env: [dev]")))
        .isNotEmpty()
        .allMatch(finding -> finding.contains("env is not a text"));
  }

  @Test
  void whatATemplateSaysIsReadAsIfItWereWritten() {
    assertThat(findings(SET.replace("suspend:", "suspent:")))
        .hasSize(3)
        .allMatch(finding -> finding.startsWith("set.yaml:20:") && finding.contains("suspend"));
  }

  @Test
  void twoResultsOfOneNameAreAnErrorThatNamesBoth() {
    assertThat(findings(SET.replace("env: staging", "env: dev")))
        .singleElement()
        .asString()
        .startsWith("set.yaml:9:")
        .contains("shop-dev", "set.yaml", "8");
  }

  @Test
  void anEmptySetIsAMistake() {
    int begin = SET.indexOf("          - {env: dev");
    String empty =
        SET.substring(0, begin).replace("elements:\n", "elements: []\n")
            + SET.substring(SET.indexOf("  template:"));
    assertThat(findings(empty))
        .singleElement()
        .asString()
        .startsWith("set.yaml:5:")
        .contains("at least one element");
  }

  @Test
  void anUnknownGeneratorIsNamed() {
    assertThat(findings(SET.replace("- list:", "- clusters:")))
        .anySatisfy(finding -> assertThat(finding).startsWith("set.yaml:6:").contains("clusters"));
  }
}
