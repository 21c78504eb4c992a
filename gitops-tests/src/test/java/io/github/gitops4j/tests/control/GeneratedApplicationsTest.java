package io.github.gitops4j.tests.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.Tenants;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.ApplicationFiles;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.DeclaredApplications;
import io.github.gitops4j.control.DeclaredApplications.Refreshed;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.resource.PathPatterns;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Applications that generators find, as a controller keeps them. */
class GeneratedApplicationsTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final Path BASE = Path.of("/etc/gitops");
  private static final String FILES = "{files: {paths: [\"envs/*.yaml\"]}}";

  private final Fleet fleet = new Fleet();
  private final InMemoryTreeSource files = InMemoryTreeSource.empty();
  private final DeclaredApplications declared =
      DeclaredApplications.of(
          fleet.controller,
          reader(),
          ApplicationFiles.of(files, BASE, PathPatterns.of(List.of("apps/**"), List.of())));

  @BeforeEach
  void commit() {
    fleet.repository.commit("a", 1);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private ApplicationReader reader() {
    Backend<TreeSource> repository =
        Backend.bind("repository", settings -> () -> fleet.repository.source());
    Backend<TreeSource> config = Backend.bind("config", settings -> () -> files);
    return ApplicationReader.of(
        List.of(repository, config),
        List.of(
            Backend.bind(
                "memory",
                settings -> {
                  String name = settings.text("name");
                  return () -> fleet.target(name);
                })));
  }

  private void put(String path, String content) {
    files.commit("put", all -> all.put(path, content));
  }

  private void remove(String... paths) {
    files.commit("remove", all -> List.of(paths).forEach(all::remove));
  }

  private void environments(String... names) {
    for (String name : names) {
      put("envs/" + name + ".yaml", "env: " + name + "\nevery: 30s\n");
    }
  }

  private void declareSet(String generator) {
    declareSet("apps/set.yaml", generator, "");
  }

  private void declareSet(String file, String generator, String more) {
    put(
        file,
        "apiVersion: gitops4j.github.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: shop}\n"
            + ("spec:\n  generators: [" + generator + "]\n" + more)
            + "  template:\n    metadata: {name: \"${env}\"}\n    spec:\n"
            + "      source: {repository: {}}\n      target: {memory: {name: \"${env}\"}}\n"
            + "      policy: {interval: \"${every}\"}\n");
  }

  private List<String> names() {
    return fleet.controller.statuses().stream().map(ApplicationStatus::name).toList();
  }

  private static List<String> messages(Refreshed refreshed) {
    return refreshed.problems().stream().map(Failure::message).toList();
  }

  @Test
  void applicationsComeAndGoWithTheFilesOfACommit() {
    declareSet(FILES);
    environments("dev", "prod");
    assertThat(declared.refresh(CALL).added()).containsExactly("dev", "prod");
    assertThat(fleet.live("prod")).containsExactly("a=1");
    assertThat(declared.refresh(CALL).isEmpty()).isTrue();

    environments("staging");
    put("envs/dev.yaml", "env: dev\nevery: 5m\n");
    remove("envs/prod.yaml");
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(refreshed.added()).containsExactly("staging");
    assertThat(refreshed.changed()).containsExactly("dev");
    assertThat(refreshed.removed()).containsExactly("prod");
  }

  @Test
  void theApplicationOfABrokenFileIsKeptAsItWasAndTheOthersGoOn() {
    declareSet(FILES);
    environments("dev", "prod", "old");
    declared.refresh(CALL);

    put("envs/prod.yaml", "env: [prod\n");
    environments("staging");
    remove("envs/old.yaml");
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(messages(refreshed)).singleElement().asString().contains("memory/envs/prod.yaml:2");
    assertThat(refreshed.added()).containsExactly("staging");
    // What is no longer there may be what the broken file is to declare now.
    assertThat(refreshed.removed()).isEmpty();
    assertThat(names()).containsExactly("dev", "old", "prod", "staging");

    environments("prod");
    assertThat(declared.refresh(CALL).removed()).containsExactly("old");
  }

  @Test
  void nobodyTakesTheNameOfWhatIsBroken() {
    declareSet(FILES);
    environments("dev", "prod");
    declared.refresh(CALL);

    put("envs/prod.yaml", "env: [prod\n");
    put("envs/thief.yaml", "env: prod\nevery: 1m\n");
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(messages(refreshed)).anyMatch(each -> each.contains("is called prod too"));
    assertThat(refreshed.changed()).isEmpty();
    declareSet("apps/another.yaml", "{list: {elements: [{env: prod, every: 1m}]}}", "");
    assertThat(declared.refresh(CALL).changed()).isEmpty();
  }

  @Test
  void whoHasANameKeepsIt() {
    declareSet("apps/set.yaml", "{list: {elements: [{env: prod, every: 1m}]}}", "");
    declared.refresh(CALL);
    declareSet("apps/a-thief.yaml", "{list: {elements: [{env: prod, every: 2m}]}}", "");
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(refreshed.changed()).isEmpty();
    assertThat(messages(refreshed))
        .singleElement()
        .asString()
        .startsWith("/etc/gitops/apps/a-thief.yaml:5: expected another name")
        .contains("/etc/gitops/apps/set.yaml:5");
  }

  @Test
  void twoOfOneNameLeaveWhatThereIs() {
    declareSet(FILES);
    environments("dev", "prod");
    declared.refresh(CALL);
    put("envs/again.yaml", "env: prod\nevery: 1m\n");
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(messages(refreshed))
        .singleElement()
        .asString()
        .contains("memory/envs/again.yaml:1", "memory/envs/prod.yaml:1", "is called prod too");
    assertThat(refreshed.changed()).isEmpty();
    assertThat(names()).containsExactly("dev", "prod");
  }

  @Test
  void aMovedDirectoryTakesNothingAway() {
    declareSet(FILES);
    environments("dev");
    declared.refresh(CALL);
    remove("envs/dev.yaml");
    put("environments/dev.yaml", "env: dev\nevery: 30s\n");

    Refreshed refreshed = declared.refresh(CALL);
    assertThat(messages(refreshed)).singleElement().asString().contains("allowEmpty: true");
    assertThat(names()).containsExactly("dev");

    declareSet("{files: {paths: [\"envs/*.yaml\"], allowEmpty: true}}");
    assertThat(declared.refresh(CALL).removed()).containsExactly("dev");
  }

  @Test
  void anEmptyResultThatIsAllowedIsWithinTheLimit() {
    declareSet("{files: {paths: [\"envs/*.yaml\"], allowEmpty: true}}");
    environments("one", "two", "three", "four", "five");
    declared.refresh(CALL);
    remove("envs/one.yaml", "envs/two.yaml", "envs/three.yaml", "envs/four.yaml", "envs/five.yaml");
    Refreshed refreshed = declared.refresh(CALL);
    assertThat(messages(refreshed)).singleElement().asString().contains("the limit is 3");
    assertThat(names()).hasSize(5);
  }

  private DeclaredApplications within(String... tenants) {
    byte[] yaml = String.join("---\n", tenants).getBytes(StandardCharsets.UTF_8);
    return declared.within(Tenants.read("tenants.yaml", yaml), BASE);
  }

  private static String tenant(String name, String sources, String targets) {
    return "apiVersion: gitops4j.github.io/v1alpha1\nkind: Tenant\nmetadata: {name: "
        + name
        + ("}\nspec: {applications: [\"apps/" + name + "/*\"], clusterKinds: [{kind: Thing}], ")
        + ("sources: [" + sources + "], targets: [" + targets + "]}\n");
  }

  @Test
  void whatASetMakesMayDoWhatTheTenantOfTheSetMay() {
    environments("dev", "prod");
    declareSet("apps/team/set.yaml", FILES, "");
    Refreshed refused = within(tenant("team", "memory", "\"*\"")).refresh(CALL);
    assertThat(names()).isEmpty();
    assertThat(messages(refused))
        .hasSize(2)
        .allMatch(
            each ->
                each.matches(
                    "/etc/gitops/apps/team/set.yaml:5: (dev|prod): tenant team may not use source"
                        + " https://git.example.com/shop.git"));

    String sources = "memory, \"https://git.example.com/*\"";
    assertThat(within(tenant("team", sources, "\"*\"")).refresh(CALL).added())
        .containsExactly("dev", "prod");
  }

  @Test
  void aSetLooksOnlyWhereItsTenantMay() {
    environments("dev");
    declareSet("apps/own/set.yaml", FILES, "");
    declareSet("apps/named/set.yaml", FILES, "  source: {config: {}}\n");
    declareSet("apps/nobody/set.yaml", FILES, "");
    String sources = "\"https://git.example.com/*\"";
    Refreshed refreshed =
        within(tenant("own", sources, "\"*\""), tenant("named", sources, "\"*\"")).refresh(CALL);
    assertThat(refreshed.added()).isEmpty();
    assertThat(messages(refreshed))
        .containsExactly(
            "/etc/gitops/apps/named/set.yaml:6: spec.source: tenant named may not use source"
                + " memory",
            "/etc/gitops/apps/nobody/set.yaml:4: spec.source: expected a file that is a tenant's",
            "/etc/gitops/apps/own/set.yaml:4: spec.source: tenant own may not use source memory");
  }
}
