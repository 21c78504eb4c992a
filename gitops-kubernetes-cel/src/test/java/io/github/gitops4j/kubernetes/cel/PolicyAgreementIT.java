package io.github.gitops4j.kubernetes.cel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server refuses what the policies are said to refuse, with the same words, and nothing else. */
@ExtendWith(ControlPlaneExtension.class)
class PolicyAgreementIT {
  private static final String POLICIES = "/apis/admissionregistration.k8s.io/v1/";

  private final PlaneClient client;
  private final TestNamespace namespace;
  private final List<String> made = new ArrayList<>();

  PolicyAgreementIT(ControlPlane plane, TestNamespace namespace) {
    this.client = plane.client();
    this.namespace = namespace;
  }

  @AfterEach
  void removePolicies() {
    made.forEach(client::delete);
  }

  @Test
  void aServerSaysTheSameOfEachObject() {
    parts(PolicySamples.policies(namespace.name())).forEach(this::put);

    // A server looks for policies from time to time only.
    Awaitility.await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(() -> assertThat(different()).isEmpty());
  }

  private static Stream<Document> parts(String yaml) {
    return YamlReader.create().read("a.yaml", yaml.getBytes(UTF_8)).stream()
        .map(DocumentPart::document);
  }

  private void put(Document object) {
    Mapping root = Parts.root(object);
    String name = Parts.part(root, "metadata").text("name").orElseThrow();
    String kind = root.text("kind").orElseThrow();
    String path =
        switch (kind) {
          case "Namespace" -> "/api/v1/namespaces/" + name;
          case "ConfigMap" -> namespace.core("configmaps/" + name);
          case "ValidatingAdmissionPolicy" -> POLICIES + "validatingadmissionpolicies/" + name;
          default -> POLICIES + "validatingadmissionpolicybindings/" + name;
        };
    PlaneAnswer answer = client.apply(path, "tests", object.root().toJson());
    assertThat(answer.isSuccess()).as(answer.body()).isTrue();
    if (path.startsWith(POLICIES)) {
      made.add(path);
    }
  }

  private List<String> different() {
    List<String> different = new ArrayList<>();
    for (String object : PolicySamples.objects().split("---\n", -1)) {
      String kind = Parts.root(parts(object).findFirst().orElseThrow()).text("kind").orElse("");
      String path =
          switch (kind) {
            case "Deployment" -> namespace.path("apps/v1", "deployments");
            case "Secret" -> namespace.core("secrets");
            default -> namespace.core("configmaps");
          };
      String json = parts(object).findFirst().orElseThrow().root().toJson();
      PlaneAnswer answer = client.post(path + "?dryRun=All", json);
      String expected = expected(object);
      boolean same = expected.isEmpty() ? answer.isSuccess() : answer.body().contains(expected);
      if (!same) {
        different.add(object + answer.body());
      }
    }
    return different;
  }

  /** Returns what a server says too; of what fails it says more than we do. */
  private static String expected(String object) {
    return PolicySamples.expected(object).stream()
        .filter(comment -> !comment.contains("think again"))
        .map(comment -> comment.replaceFirst("^[0-9]+ \\w+: policy \\S+ ", ""))
        .map(said -> said.startsWith("it ") ? "resulted in error: " : said)
        .map(said -> said.equals("too many replicas") ? "at most 3" : said)
        .map(said -> Text.of(said).toJson())
        .map(json -> json.substring(1, json.length() - 1).replace("<", "\\u003c"))
        .findFirst()
        .orElse("");
  }
}
