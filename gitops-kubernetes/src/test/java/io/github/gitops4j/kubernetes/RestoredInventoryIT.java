package io.github.gitops4j.kubernetes;

import static io.github.gitops4j.kubernetes.FaultScene.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.apply.Effect;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import io.github.gitops4j.testkit.kubernetes.TestNamespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Somebody restores the Secrets of inventory and history as they were, and the cluster has gone on.
 */
@ExtendWith(ControlPlaneExtension.class)
class RestoredInventoryIT {
  private static final Pattern SERVERS =
      Pattern.compile("\"(uid|resourceVersion|creationTimestamp)\":\"[^\"]*\",?");

  private final CallContext call = CallContext.withTimeout(Duration.ofMinutes(2));
  private final PlaneSite site;
  private final TestNamespace namespace;
  private final PlaneClient others;
  private final InMemoryTreeSource source = InMemoryTreeSource.empty();
  private KubernetesTarget target;
  private Reconciler process;

  RestoredInventoryIT(ControlPlane plane) {
    this.site = PlaneSite.in(plane);
    this.namespace = site.namespace();
    this.others = plane.client();
    start();
  }

  /** The backup has kept, changed and gone; made is younger. */
  @BeforeEach
  void applyAndBackUpAndGoOn() {
    declare("kept one", "changed one", "gone one");
    converge();
    Map<String, String> backup = secrets();
    declare("kept one", "changed two", "made one");
    converge();
    restore(backup);
  }

  @AfterEach
  void close() {
    target.close();
    site.close();
  }

  @Test
  void whatIsThereIsRecordedAgainAndNothingIsWrittenToIt() {
    Map<String, String> before = configMaps();
    restart();

    ReconcileReport report = pass();

    assertThat(report.converged()).as("%s", report).isTrue();
    assertThat(report.effects()).isEqualTo(Map.of(Effect.ADOPTED, 2, Effect.RELEASED, 1));
    assertThat(configMaps()).isEqualTo(before);
    assertInSync();
    declare("kept one");
    converge();
    assertThat(configMaps()).containsOnlyKeys("kept");
  }

  @Test
  void aProcessThatRunsMeanwhileGoesOnWithIt() {
    Map<String, String> before = configMaps();

    converge();

    assertThat(configMaps()).isEqualTo(before);
    assertInSync();
    declare("kept one");
    converge();
    assertThat(configMaps()).containsOnlyKeys("kept");
  }

  @Test
  void whatSomebodyHasMadeUnderAnOldNameIsNotPruned() {
    String path = namespace.core("configmaps/gone");
    require(others.apply(path, "them", configMap("gone", "theirs")));
    restart();

    assertThat(pass().effects()).containsEntry(Effect.RELEASED, 1);

    converge();
    assertThat(configMaps().get("gone")).contains("\"k\":\"theirs\"");
  }

  @Test
  void whatTheBackupDoesNotKnowAndNobodyDeclaresStays() {
    declare("kept one", "changed two");
    restart();

    converge();

    assertThat(configMaps()).containsOnlyKeys("kept", "changed", "made");
    declare("kept one", "changed two", "made two");
    converge();
    declare("kept one", "changed two");
    converge();
    assertThat(configMaps()).containsOnlyKeys("kept", "changed");
  }

  @Test
  void whatIsNoLongerDeclaredSinceTheBackupIsPrunedIfItIsStillTheSameObject() {
    declare("kept one", "made one");
    restart();

    converge();

    assertThat(configMaps()).containsOnlyKeys("kept", "made");
  }

  private void declare(String... namesAndValues) {
    source.commit(
        "declare",
        files -> {
          files.clear();
          Arrays.stream(namesAndValues)
              .map(object -> object.split(" ", -1))
              .forEach(object -> files.put(object[0] + ".yaml", configMap(object[0], object[1])));
        });
  }

  private void start() {
    target =
        KubernetesTarget.builder(site.client(), "tests/restored")
            .defaultNamespace(namespace.name())
            .build();
    process = Reconciler.builder(source, target).gates(List.of()).build();
  }

  /** Lets another process take over, which knows nothing yet. */
  private void restart() {
    target.close();
    start();
  }

  private ReconcileReport pass() {
    return process.reconcile(call);
  }

  private void converge() {
    ReconcileReport report = pass();
    for (int passes = 1; !report.converged() || !report.outcomes().isEmpty(); passes++) {
      assertThat(passes).as("%s %s", report.result(), report.failures()).isLessThan(10);
      report = pass();
    }
  }

  private void assertInSync() {
    restart();
    assertThat(process.plan(call).isEmpty()).isTrue();
  }

  private Map<String, String> configMaps() {
    Map<String, String> configMaps = objects("configmaps", "");
    configMaps.remove("kube-root-ca.crt");
    return configMaps;
  }

  private Map<String, String> secrets() {
    return objects("secrets", "?labelSelector=gitops4j.github.io/state");
  }

  /** Returns the objects by name, as they are. */
  private Map<String, String> objects(String plural, String query) {
    String list = require(others.get(namespace.core(plural) + query)).body();
    Map<String, String> objects = new TreeMap<>();
    MappingReader.of(
            "answer",
            JsonReader.create().read("answer", list.getBytes(StandardCharsets.UTF_8)).root())
        .objects("items")
        .forEach(
            item -> {
              String name = item.object("metadata").text("name");
              objects.put(name, require(others.get(namespace.core(plural + "/" + name))).body());
            });
    return objects;
  }

  private void restore(Map<String, String> backup) {
    secrets().keySet().forEach(name -> require(others.delete(namespace.core("secrets/" + name))));
    backup
        .values()
        .forEach(
            before ->
                require(
                    others.post(
                        namespace.core("secrets"), SERVERS.matcher(before).replaceAll(""))));
  }

  private static PlaneAnswer require(PlaneAnswer answer) {
    assertThat(answer.isSuccess()).as("%s", answer).isTrue();
    return answer;
  }
}
