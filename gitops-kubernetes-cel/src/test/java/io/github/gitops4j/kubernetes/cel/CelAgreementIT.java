package io.github.gitops4j.kubernetes.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.kubernetes.schema.KubernetesSchemas;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.YamlReader;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Asks a real API server what it says of each expression and each object of the corpus. */
@ExtendWith(ControlPlaneExtension.class)
class CelAgreementIT {
  private static final String DEFINITIONS =
      "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/";
  private static final String RULES = "x-kubernetes-validations";
  private static final String PUBLISHED = "/openapi/v3/apis/cel.example.com/v1";
  private static final String VERSION = "cel.example.com/v1";

  /** A server takes only so many of them at once. */
  private static final int AT_ONCE = 40;

  private final PlaneClient client;
  private final TestNamespace namespace;

  CelAgreementIT(ControlPlane plane, TestNamespace namespace) {
    this.client = plane.client();
    this.namespace = namespace;
  }

  @Test
  void aServerSaysTheSameOfEveryExpression() {
    List<RuleSamples.Sample> samples =
        RuleSamples.all().stream().filter(sample -> !sample.verdict().equals("later")).toList();
    List<String> different = new ArrayList<>();
    for (int from = 0; from < samples.size(); from += AT_ONCE) {
      different.addAll(
          different(samples.subList(from, Math.min(samples.size(), from + AT_ONCE)), from));
    }

    assertThat(different).isEmpty();
  }

  @Test
  void kubernetesItselfPublishesNoRules() {
    assertThat(client.get("/openapi/v3/apis/apps/v1").body()).doesNotContain(RULES);
    assertThat(client.get("/openapi/v3/api/v1").body()).doesNotContain(RULES);
    assertThat(client.get("/openapi/v3/apis/resource.k8s.io/v1").body()).doesNotContain(RULES);
  }

  @Test
  void aServerSaysTheSameOfEveryObject() {
    String definition = DEFINITIONS + "gadgets.cel.example.com";
    String name = "apiVersion: %s\nkind: Gadget\nmetadata: {name: x}\n".formatted(VERSION);
    define(
        definition,
        RuleSamples.text("definition.yaml"),
        "gadgets",
        json(name + "spec: {}\n"),
        "the name begins with g");
    List<String> refused = new ArrayList<>();
    for (String object : RuleSamples.text("good.yaml").split("---\n", -1)) {
      PlaneAnswer answer = create("gadgets", json(object));
      if (!answer.isSuccess()) {
        refused.add(object + answer.body());
      }
    }
    List<String> elsewhere = new ArrayList<>();
    for (String object : RuleSamples.text("bad.yaml").split("---\n", -1)) {
      String body = create("gadgets", json(object)).body();
      Set<String> expected =
          RuleSamples.expected(object).stream()
              .map(CelAgreementIT::field)
              .collect(Collectors.toSet());
      if (!fields(body).equals(expected)) {
        elsewhere.add(object + body);
      }
    }
    List<String> published = published();
    client.delete(definition);

    assertThat(refused).isEmpty();
    assertThat(elsewhere).isEmpty();
    assertThat(published)
        .containsExactlyElementsOf(RuleSamples.expected(RuleSamples.text("bad.yaml")));
  }

  /** Returns what is found with the schemas that the server publishes. */
  private List<String> published() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> client.get(PUBLISHED).body().contains(RULES));
    KubernetesSchemas schemas =
        KubernetesSchemas.builder()
            .rules(CelSchemaRules.create())
            .add("published.json", client.get(PUBLISHED).body().getBytes(UTF_8))
            .build();
    return RuleSamples.shown(RuleSamples.check(schemas, RuleSamples.text("bad.yaml")));
  }

  /** Returns the path of a finding as the server writes it. */
  private static String field(String finding) {
    if (!finding.contains(" /")) {
      return "\\u003cnil\\u003e";
    }
    String path = finding.substring(finding.indexOf('/') + 1, finding.indexOf(": "));
    return path.replaceAll("/([0-9]+)", "[$1]")
        .replaceAll("zones/([a-z]+)", "zones[$1]")
        .replace('/', '.');
  }

  private static Set<String> fields(String body) {
    return Pattern.compile("\"field\":\"([^\"]*)\"")
        .matcher(body)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  private static String json(String yaml) {
    return YamlReader.create()
        .read("object.yaml", yaml.getBytes(UTF_8))
        .get(0)
        .document()
        .root()
        .toJson();
  }

  private PlaneAnswer create(String plural, String json) {
    return client.post(namespace.path(VERSION, plural) + "?dryRun=All", json);
  }

  private List<String> different(List<RuleSamples.Sample> samples, int number) {
    String kind = "Sample" + number;
    String plural = "sample" + number + "s";
    String definition = DEFINITIONS + plural + ".cel.example.com";
    String json = definition(kind, plural, samples);
    define(definition, json, plural, object(kind, -1), "rules are there");
    List<String> different = new ArrayList<>();
    for (int i = 0; i < samples.size(); i++) {
      String body = create(plural, object(kind, i)).body();
      if (!samples.get(i).verdict().equals(verdict(body, i))) {
        different.add(samples.get(i) + body);
      }
    }
    client.delete(definition);
    return different;
  }

  private static String verdict(String body, int number) {
    if (body.contains("evaluating rule") || body.contains("call arguments did not match")) {
      return "error";
    }
    return body.contains("rule " + number + " is broken")
        ? "false"
        : body.contains("\"kind\":\"Status\"") ? body : "true";
  }

  private void define(String definition, String json, String plural, String probe, String message) {
    PlaneAnswer defined = client.apply(definition, "tests", json);
    assertThat(defined.isSuccess()).as(defined.body()).isTrue();
    // The rules come a little later than the kind.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> create(plural, probe).body().contains(message));
  }

  private static String definition(String kind, String plural, List<RuleSamples.Sample> samples) {
    Sequence.Builder rules = Sequence.builder();
    rules.add(rule("self.pick != -1", "rules are there"));
    for (int i = 0; i < samples.size(); i++) {
      String expression = samples.get(i).expression();
      rules.add(rule("self.pick != " + i + " || (" + expression + ")", "rule " + i + " is broken"));
    }
    Mapping spec = RuleSamples.schema().toBuilder().put(RULES, rules.build()).build();
    return fields("apiVersion", Text.of("apiextensions.k8s.io/v1"))
        .put("kind", Text.of("CustomResourceDefinition"))
        .put("metadata", fields("name", Text.of(plural + ".cel.example.com")).build())
        .put(
            "spec",
            fields("group", Text.of("cel.example.com"))
                .put("scope", Text.of("Namespaced"))
                .put("names", fields("kind", Text.of(kind)).put("plural", Text.of(plural)).build())
                .put(
                    "versions",
                    Sequence.of(
                        fields("name", Text.of("v1"))
                            .put("served", Bool.TRUE)
                            .put("storage", Bool.TRUE)
                            .put(
                                "schema",
                                fields(
                                        "openAPIV3Schema",
                                        fields("type", Text.of("object"))
                                            .put("properties", fields("spec", spec).build())
                                            .build())
                                    .build())
                            .build()))
                .build())
        .build()
        .toJson();
  }

  private static Mapping rule(String rule, String message) {
    return fields("rule", Text.of(rule)).put("message", Text.of(message)).build();
  }

  private static String object(String kind, int pick) {
    return fields("apiVersion", Text.of(VERSION))
        .put("kind", Text.of(kind))
        .put("metadata", fields("name", Text.of("a")).build())
        .put("spec", RuleSamples.value().toBuilder().put("pick", Numeral.of(pick)).build())
        .build()
        .toJson();
  }

  private static Mapping.Builder fields(String key, Value value) {
    return Mapping.builder().put(key, value);
  }
}
