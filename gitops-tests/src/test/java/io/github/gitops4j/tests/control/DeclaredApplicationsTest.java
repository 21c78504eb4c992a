package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.Tenants;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.ApplicationFiles;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Condition;
import io.github.gitops4j.control.DeclaredApplications;
import io.github.gitops4j.control.DeclaredApplications.Refreshed;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application of applications: files that declare what a controller keeps. */
class DeclaredApplicationsTest {
  private static final CallContext CALL = CallContext.unbounded();

  private final List<String> read = new ArrayList<>();
  private final Fleet fleet = new Fleet();
  private final InMemoryTreeSource files = InMemoryTreeSource.empty();
  private final DeclaredApplications declared =
      DeclaredApplications.of(
          fleet.controller, reader(), ApplicationFiles.of(files, Path.of("/etc/gitops")));

  @BeforeEach
  void commit() {
    fleet.repository.commit("a", 1);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private ApplicationReader reader() {
    Backend<TreeSource> source =
        Backend.bind("memory", settings -> () -> fleet.repository.source());
    Backend<Target> target =
        Backend.bind(
            "memory",
            settings -> {
              String name = settings.text("name");
              read.add(name);
              return () -> {
                if (name.equals("locked")) {
                  throw new SourceException(FailureCategory.UNAVAILABLE, "it is locked");
                }
                return fleet.target(name);
              };
            });
    return ApplicationReader.of(List.of(source), List.of(target));
  }

  private static String yaml(String name, String policy) {
    return "apiVersion: gitops4j.github.io/v1alpha1\nkind: Application\nmetadata: {name: "
        + name
        + "}\nspec:\n  source: {memory: {}}\n  target: {memory: {name: "
        + name
        + "}}\n  policy: {"
        + policy
        + "}\n";
  }

  private void write(String file, String yaml) {
    files.commit("declare", content -> content.put(file, yaml));
  }

  private void declare(String... names) {
    for (String name : names) {
      write(name + ".yaml", yaml(name, ""));
    }
  }

  private void withdraw(String... names) {
    files.commit(
        "withdraw", content -> List.of(names).forEach(name -> content.remove(name + ".yaml")));
  }

  private List<String> names() {
    return fleet.controller.statuses().stream().map(ApplicationStatus::name).toList();
  }

  private List<String> messages(Refreshed refreshed) {
    return refreshed.problems().stream().map(Failure::message).toList();
  }

  @Test
  void whatIsDeclaredIsKeptAndWhatDidNotChangeIsLeftAlone() {
    declare("shop", "bank");

    assertThat(declared.refresh(CALL).added()).containsExactly("bank", "shop");
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(declared.refresh(CALL).isEmpty()).isTrue();

    write("shop.yaml", yaml("shop", "interval: 5m"));
    assertThat(declared.refresh(CALL).changed()).containsExactly("shop");
    assertThat(fleet.status("shop").nextTurn().orElseThrow().toMinutes()).isLessThan(6);
  }

  @Test
  void aFileThatDidNotChangeIsNotReadAgain() {
    declare("shop", "bank");
    declared.refresh(CALL);
    read.clear();

    write("shop.yaml", yaml("shop", "interval: 5m"));
    assertThat(declared.refresh(CALL).changed()).containsExactly("shop");
    assertThat(declared.refresh(CALL).isEmpty()).isTrue();
    assertThat(read).containsExactly("shop");
  }

  @Test
  void whatIsNoLongerDeclaredIsRemovedAsItSaid() {
    declare("shop");
    write("bank.yaml", yaml("bank", "onRemoval: prune"));
    declare("mail");
    declared.refresh(CALL);

    withdraw("shop", "bank");
    assertThat(declared.refresh(CALL).removed()).containsExactly("bank", "shop");

    assertThat(names()).containsExactly("mail");
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.live("bank")).isEmpty();
  }

  private void declareSet(String... environments) {
    StringBuilder elements = new StringBuilder();
    for (String environment : environments) {
      elements.append("{env: ").append(environment).append("},");
    }
    write(
        "set.yaml",
        "apiVersion: gitops4j.github.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shop}\n"
            + "spec:\n  generators: [{list: {elements: ["
            + elements
            + "]}}]\n  template:\n    metadata: {name: \"shop-${env}\"}\n    spec:\n"
            + "      source: {memory: {}}\n      target: {memory: {name: \"shop-${env}\"}}\n");
  }

  @Test
  void aSetIsOneApplicationForEachElement() {
    declareSet("dev", "prod");
    assertThat(declared.refresh(CALL).added()).containsExactly("shop-dev", "shop-prod");
    assertThat(fleet.live("shop-prod")).containsExactly("a=1");

    declareSet("dev", "staging");
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(refreshed.added()).containsExactly("shop-staging");
    assertThat(refreshed.removed()).containsExactly("shop-prod");
    assertThat(refreshed.changed()).isEmpty();
  }

  @Test
  void aSetThatSuddenlyYieldsNothingTakesNothingAway() {
    declare("mail");
    declareSet("dev", "prod");
    declared.refresh(CALL);

    declareSet();
    Refreshed refreshed = declared.refresh(CALL);

    assertThat(messages(refreshed)).singleElement().asString().contains("at least one element");
    assertThat(names()).containsExactly("mail", "shop-dev", "shop-prod");
  }

  @Test
  void anEmptyPlaceRemovesNothing() {
    declare("shop");
    declared.refresh(CALL);

    withdraw("shop");
    Refreshed refreshed = declared.refresh(CALL);

    assertThat(messages(refreshed)).singleElement().asString().contains("none is declared");
    assertThat(names()).containsExactly("shop");
  }

  @Test
  void moreThanALimitIsNotRemovedAtOnce() {
    declare("one", "two", "three", "four", "five");
    declared.refresh(CALL);

    withdraw("one", "two", "three", "four");
    Refreshed refreshed = declared.refresh(CALL);

    assertThat(messages(refreshed)).singleElement().asString().contains("4 of 5", "limit is 3");
    assertThat(names()).hasSize(5);
  }

  @Test
  void aFileThatCannotBeUnderstoodKeepsWhatItDeclared() {
    declare("shop", "bank");
    declared.refresh(CALL);

    write("shop.yaml", yaml("shop", "intervall: 5m"));
    declare("mail");
    Refreshed refreshed = declared.refresh(CALL);

    assertThat(messages(refreshed))
        .singleElement()
        .asString()
        .contains("/etc/gitops/shop.yaml:7", "did you mean interval?");
    assertThat(refreshed.added()).containsExactly("mail");
    assertThat(names()).containsExactly("bank", "mail", "shop");
  }

  @Test
  void twoOfOneNameAreAnErrorThatNamesBoth() {
    declare("shop");
    write("zzz.yaml", yaml("shop", "interval: 5m"));

    Refreshed refreshed = declared.refresh(CALL);

    assertThat(refreshed.added()).containsExactly("shop");
    assertThat(messages(refreshed)).singleElement().asString().contains("zzz.yaml", "shop.yaml");
  }

  @Test
  void whatCannotBeOpenedIsTriedAgainAndTheOthersGoOn() {
    declare("locked", "shop");

    assertThat(messages(declared.refresh(CALL))).containsExactly("it is locked");
    assertThat(messages(declared.refresh(CALL))).containsExactly("it is locked");
    assertThat(names()).containsExactly("shop");
  }

  @Test
  void filesThatCannotBeReadChangeNothing() {
    declare("shop");
    declared.refresh(CALL);
    DeclaredApplications unreadable =
        DeclaredApplications.of(
            fleet.controller,
            reader(),
            call -> {
              throw new SourceException(FailureCategory.UNAVAILABLE, "it is away");
            });

    assertThatThrownBy(() -> unreadable.refresh(CALL)).hasMessageContaining("it is away");
    assertThat(names()).containsExactly("shop");
  }

  @Test
  void aSuspendedOneIsLeftAlone() {
    write("shop.yaml", yaml("shop", "") + "  suspend: true\n");

    declared.refresh(CALL);

    assertThat(fleet.live("shop")).isEmpty();
    assertThat(fleet.status("shop").has(Condition.Type.SUSPENDED)).isTrue();
  }

  @Test
  void whatIsChosenForEachIsChosenBesideItsFile() {
    declare("shop");
    StringBuilder told = new StringBuilder();

    DeclaredApplications listening =
        declared.choosing(
            application ->
                application.reconciler(builder -> builder.listener(event -> told.append('.'))));
    listening.refresh(CALL);

    assertThat(told).isNotEmpty();
  }

  private DeclaredApplications within(String tenants) {
    return declared.within(
        Tenants.read("tenants.yaml", tenants.getBytes(StandardCharsets.UTF_8)),
        Path.of("/etc/gitops"));
  }

  private static String tenant(String name, String spec) {
    return "apiVersion: gitops4j.github.io/v1alpha1\nkind: Tenant\nmetadata: {name: "
        + name
        + "}\nspec: {applications: [\""
        + name
        + "/*\"], "
        + spec
        + "}\n";
  }

  @Test
  void anApplicationThatIsNoTenantsIsNotPut() {
    declare("shop");
    Refreshed refreshed =
        within(tenant("team", "sources: [\"*\"], targets: [\"*\"]")).refresh(CALL);
    assertThat(messages(refreshed))
        .containsExactly("/etc/gitops/shop.yaml:1: shop: expected a file that is a tenant's");
    assertThat(names()).isEmpty();
  }

  @Test
  void anApplicationMayUseAndWriteWhatItsTenantMay() {
    write("team/shop.yaml", yaml("shop", ""));
    write("other/bank.yaml", yaml("bank", ""));
    write("mute/news.yaml", yaml("news", ""));
    String all = "sources: [\"*\"], targets: [\"*\"]";
    DeclaredApplications bounded =
        within(
            tenant("team", all + ", clusterKinds: [{kind: Thing}]")
                + "---\n"
                + tenant("other", "sources: [\"https://other/*\"], targets: [\"*\"]")
                + "---\n"
                + tenant("mute", all));
    assertThat(messages(bounded.refresh(CALL)))
        .containsExactly(
            "/etc/gitops/other/bank.yaml:1: bank: tenant other may not use source"
                + " https://git.example.com/shop.git");
    assertThat(fleet.live("shop")).containsExactly("a=1");
    assertThat(fleet.live("news")).isEmpty();
    assertThat(fleet.status("news").conditions())
        .extracting(Condition::message)
        .containsExactly("tenant: tenant mute may not write Thing/a");

    // In another place it is another tenant's, although nothing else has changed.
    files.commit(
        "move",
        content -> {
          content.remove("team/shop.yaml");
          content.put("mute/shop.yaml", yaml("shop", ""));
        });
    assertThat(bounded.refresh(CALL).changed()).containsExactly("shop");
    fleet.repository.commit("a", 2);
    fleet.intervalPasses();
    assertThat(fleet.live("shop")).containsExactly("a=1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"IN_ITS_WAVE", "ON_FAILURE"})
  void aHookOfATenantMayWriteNoMoreThanTheRest(String moment) {
    fleet.repository.commit("a", Fleet.thing("a", 1, "hook: " + moment));
    fleet.repository.commit("b", "kind: Other\nname: b\nspec: {value: 1}\n");
    write("mute/news.yaml", yaml("news", ""));
    within(tenant("mute", "sources: [\"*\"], targets: [\"*\"], clusterKinds: [{kind: Other}]"))
        .refresh(CALL);
    assertThat(fleet.status("news").has(Condition.Type.REFUSED)).isTrue();
    assertThat(fleet.live("news")).isEmpty();
  }
}
