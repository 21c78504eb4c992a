package io.github.gitops4j.tests.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.DeclaredFile;
import io.github.gitops4j.application.GeneratorSources;
import io.github.gitops4j.application.Settings;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the generators of a set find in a source. */
class GeneratorsTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String DIRECTORIES = "{directories: {paths: [\"envs/*\"]}}";
  private static final String FILES = "{files: {paths: [\"envs/*/app.yaml\"]}}";

  private final InMemoryTreeSource files = InMemoryTreeSource.with("README", "");
  private final List<String> looks = new ArrayList<>();

  private ApplicationReader reader() {
    return ApplicationReader.of(
        List.of(Backend.bind("memory", this::opener)),
        List.of(Backend.<Target>bind("at", settings -> throwing(settings.text("root")))));
  }

  private Backend.Opener<TreeSource> opener(Settings settings) {
    Optional<String> path = settings.optionalText("path");
    boolean isDown = settings.flag("down", false);
    return path.isPresent() ? throwing(path.get()) : () -> new Counted(isDown);
  }

  private static <T> Backend.Opener<T> throwing(String value) {
    return () -> {
      throw new IllegalStateException(value);
    };
  }

  /** Notes each look at its head. */
  private final class Counted implements TreeSource {
    private final boolean isDown;

    Counted(boolean isDown) {
      this.isDown = isDown;
    }

    @Override
    public String id() {
      return "repository";
    }

    @Override
    public Revision latest(CallContext call) {
      looks.add(isDown ? "down" : "up");
      if (isDown) {
        throw new SourceException(FailureCategory.UNAVAILABLE, "it is down");
      }
      return files.latest(call);
    }

    @Override
    public FetchedTree fetch(Revision revision, CallContext call) {
      return files.fetch(revision, call);
    }

    @Override
    public RevisionOrder order() {
      return files.order();
    }
  }

  private void put(String path, String content) {
    files.commit("put", all -> all.put(path, content));
  }

  private static String set(String generators, String name, String more) {
    return "apiVersion: gitops4j.github.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set}\n"
        + ("spec:\n  generators: [" + generators + "]\n" + more)
        + ("  template:\n    metadata: {name: \"" + name + "\"}\n    spec:\n")
        + "      source: {memory: {path: \"${path}\"}}\n"
        + "      target: {at: {root: \"/srv/${path.basename}\"}}\n";
  }

  private DeclaredFile declared(String yaml) {
    return declared(yaml, reader());
  }

  private DeclaredFile declared(String yaml, ApplicationReader reader) {
    FetchedTree tree = files.fetch(files.latest(CALL), CALL);
    return reader.declared(
        "set.yaml",
        yaml.getBytes(StandardCharsets.UTF_8),
        GeneratorSources.of(CALL).declaredIn("config", tree.tree()));
  }

  private static List<String> names(DeclaredFile file) {
    return file.specs().stream().map(ApplicationSpec::name).toList();
  }

  private static List<String> messages(DeclaredFile file) {
    return file.problems().stream().map(Failure::message).toList();
  }

  @Test
  void eachDirectoryIsAnApplication() {
    put("envs/prod/a.yaml", "");
    put("envs/dev/base/b.yaml", "");
    put("envs/test/c.yaml", "");
    put("envs/README", "");
    put("other/x/c.yaml", "");

    DeclaredFile file =
        declared(
            set(
                "{directories: {paths: [\"envs/*\"], exclude: [\"envs/te*\"]}}",
                "shop-${path.1}",
                ""));

    assertThat(messages(file)).isEmpty();
    assertThat(names(file)).containsExactly("shop-dev", "shop-prod");
    ApplicationSpec dev = file.specs().get(0);
    assertThatThrownBy(dev::openSource).hasMessage("envs/dev");
    assertThatThrownBy(dev::openTarget).hasMessage("/srv/dev");
    assertThat(dev.origin()).hasToString("set.yaml:5");
    assertThat(dev.element()).hasToString("Optional[config/envs/dev]");
  }

  @Test
  void aNormalizedNameMayBeTheNameOfAnApplication() {
    put("envs/_Team A.1/a", "");
    put("envs/---/a", "");
    DeclaredFile file = declared(set(DIRECTORIES, "${path.basenameNormalized}", ""));
    assertThat(names(file)).containsExactly("team-a-1");
    assertThat(messages(file))
        .singleElement()
        .asString()
        .contains("set.yaml:7", "no parameter path.basenameNormalized in config/envs/---");
  }

  @Property(tries = 200)
  void whateverADirectoryIsCalledItsNormalizedNameIsALabelOrNoName(@ForAll String name) {
    String part = name.replace("/", "");
    if (part.isEmpty()) {
      return;
    }
    InMemoryTreeSource any = InMemoryTreeSource.with("envs/" + part + "/a", "");
    FetchedTree tree = any.fetch(any.latest(CALL), CALL);
    DeclaredFile file =
        reader()
            .declared(
                "set.yaml",
                set(DIRECTORIES, "${path.basenameNormalized}", "").getBytes(StandardCharsets.UTF_8),
                GeneratorSources.of(CALL).declaredIn("config", tree.tree()));
    assertThat(names(file)).allMatch(each -> each.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"));
    assertThat(file.specs().size() + file.problems().size()).isPositive();
  }

  @Test
  void eachFileDeclaresParameters() {
    put("envs/dev/app.yaml", "env: dev\nowner: {team: shop}\nports: [80, 81]\n");
    put(
        "envs/prod/app.yaml",
        "- {env: eu, owner: {team: a}, ports: [1, 2]}\n- {env: us, owner: {team: b}, ports: [3, 4]}\n");
    put(
        "envs/json/app.yaml",
        "{\"env\": \"json\", \"owner\": {\"team\": \"c\"}, \"ports\": [5, 6]}");
    put("app.yaml", "env: root\n");

    DeclaredFile file =
        declared(set(FILES, "${owner.team}-${env}-${ports.1}-${path.filename}", ""));

    assertThat(messages(file)).isEmpty();
    assertThat(names(file))
        .containsExactly(
            "shop-dev-81-app.yaml", "c-json-6-app.yaml", "a-eu-2-app.yaml", "b-us-4-app.yaml");
    assertThatThrownBy(file.specs().get(3)::openSource).hasMessage("envs/prod");
    assertThat(file.specs().get(3).element()).hasToString("Optional[config/envs/prod/app.yaml:2]");
  }

  @Test
  void aBrokenFileIsSaidAndTheOthersGoOn() {
    put("envs/dev/app.yaml", "env: dev\n");
    put("envs/prod/app.yaml", "env: [prod\n");
    put("envs/test/app.yaml", "just text\n");
    put("envs/none/app.yaml", "");
    put("envs/path/app.yaml", "env: x\npath: /etc\n");

    DeclaredFile file = declared(set(FILES, "${env}", ""));

    assertThat(names(file)).containsExactly("dev");
    assertThat(messages(file)).hasSize(4);
    assertThat(messages(file).get(0)).contains("config/envs/none/app.yaml: ", "it is empty");
    assertThat(messages(file).get(1)).contains("config/envs/path/app.yaml:2: path: expected");
    assertThat(messages(file).get(2)).contains("config/envs/prod/app.yaml:2");
    assertThat(messages(file).get(3)).contains("config/envs/test/app.yaml:1: expected an object");
    assertThat(file.broken()).contains("config/envs/prod/app.yaml").hasSize(4);
  }

  @Test
  void whatIsWrongForOneElementNamesItAndTheOthersGoOn() {
    put("envs/dev/app.yaml", "env: dev\n");
    put("envs/prod/app.yaml", "environment: prod\n");
    put("envs/test/app.yaml", "env: \"a b\"\n");

    DeclaredFile file = declared(set(FILES, "${env}", ""));

    assertThat(names(file)).containsExactly("dev");
    assertThat(messages(file))
        .containsExactly(
            "set.yaml:7: there is no parameter env in config/envs/prod/app.yaml:1, which has"
                + " [environment, path, path.0, path.1, path.basename, path.basenameNormalized,"
                + " path.file, path.filename]",
            "set.yaml:7: metadata.name: expected up to 253 letters and digits, with . _ or -"
                + " between them (for config/envs/test/app.yaml:1)");
  }

  @Test
  void aTextOfAFileGoesNoWayUp() {
    put("envs/dev/app.yaml", "env: ../../etc\n");
    DeclaredFile file = declared(set(FILES, "a${env}", ""));
    assertThat(names(file)).isEmpty();
    assertThat(messages(file))
        .contains("set.yaml:7: the parameter env of config/envs/dev/app.yaml:1 goes up by ..");
  }

  @Test
  void textOfAFileIsNeverReadAsYaml() {
    put("envs/dev/app.yaml", "env: \"x, root: /\\n  evil: true, b: ${path}\"\n");
    DeclaredFile file =
        declared(set(FILES, "x", "").replace("/srv/${path.basename}", "/srv/${env}"));
    assertThatThrownBy(file.specs().get(0)::openTarget)
        .hasMessage("/srv/x, root: /\n  evil: true, b: ${path}");
  }

  @Test
  void twoOfOneNameAreAnErrorThatNamesBothAndNoneOfThemIsRight() {
    put("envs/dev/app.yaml", "env: same\n");
    put("envs/prod/app.yaml", "env: same\n");
    put("envs/test/app.yaml", "env: test\n");
    DeclaredFile file = declared(set(FILES, "${env}", ""));
    assertThat(names(file)).containsExactly("test");
    assertThat(messages(file))
        .containsExactly(
            "set.yaml:5: expected another name for config/envs/prod/app.yaml:1: the application in"
                + " set.yaml:5 for config/envs/dev/app.yaml:1 is called same too");
  }

  @Test
  void nothingFoundIsAMistakeUnlessItIsAllowed() {
    DeclaredFile file = declared(set(DIRECTORIES, "${path.1}", ""));
    assertThat(messages(file))
        .singleElement()
        .asString()
        .startsWith("set.yaml:5: directories: nothing in config matches");

    DeclaredFile allowed =
        declared(set("{directories: {paths: [\"envs/*\"], allowEmpty: true}}", "${path.1}", ""));
    assertThat(allowed.problems()).isEmpty();
    assertThat(allowed.isEmptyAllowed()).isTrue();
  }

  @Test
  void aSetMakesNoMoreThanALimit() {
    files.commit(
        "many",
        all -> {
          for (int i = 0; i < 12; i++) {
            all.put("envs/e" + i + "/a", "");
          }
        });
    String all = set(DIRECTORIES, "${path.1}", "");
    assertThat(names(declared(all))).hasSize(12);
    assertThat(messages(declared(all, reader().maxPerSet(11))))
        .containsExactly("set.yaml:5: directories: expected at most 11 matches in a set");
    DeclaredFile lower = declared(set(DIRECTORIES, "${path.1}", "  maxApplications: 5\n"));
    assertThat(lower.specs()).isEmpty();
    assertThat(messages(lower))
        .containsExactly("set.yaml:5: expected at most 5 applications of a set, not 12");
  }

  @Test
  void anApplicationIsNoLargerThanALimit() {
    put("envs/dev/app.yaml", "env: dev\nlong: " + "x".repeat(500_000) + "\n");
    DeclaredFile file = declared(set(FILES, "${env}${long}${long}${long}${long}", ""));
    assertThat(file.specs()).isEmpty();
    assertThat(messages(file)).anyMatch(each -> each.contains("at most 1048576 characters"));
  }

  @Test
  void aSourceThatIsNamedIsLookedAtOnceForAllSets() {
    put("envs/dev/a", "");
    String one = set(DIRECTORIES, "one-${path.1}", "  source: {memory: {}}\n");
    String two = set(DIRECTORIES, "two-${path.1}", "  source: {memory: {}}\n");
    DeclaredFile file = declared(one + "---\n" + two);
    assertThat(names(file)).containsExactly("one-dev", "two-dev");
    assertThat(file.specs().get(0).element()).hasToString("Optional[repository/envs/dev]");
    assertThat(looks).containsExactly("up");
  }

  @Test
  void aSourceThatIsDownStopsOnlyWhatIsFoundThere() {
    put("envs/dev/a", "");
    String one = set(DIRECTORIES, "one-${path.1}", "  source: {memory: {down: true}}\n");
    String two = set(DIRECTORIES, "two-${path.1}", "");
    DeclaredFile file = declared(one + "---\n" + one + "---\n" + two);
    assertThat(names(file)).containsExactly("two-dev");
    assertThat(messages(file)).hasSize(2).allMatch(each -> each.endsWith("it is down"));
    assertThat(file.problems().get(0).category()).isEqualTo(FailureCategory.UNAVAILABLE);
    assertThat(looks).containsExactly("down");
  }

  @Test
  void aSourceThatThrowsIsAProblemAndNotTheEnd() {
    put("envs/dev/a", "");
    String one = set(DIRECTORIES, "one-${path.1}", "  source: {memory: {path: \"it is odd\"}}\n");
    DeclaredFile file = declared(one + "---\n" + set(DIRECTORIES, "two-${path.1}", ""));
    assertThat(names(file)).containsExactly("two-dev");
    assertThat(messages(file)).singleElement().asString().contains("set.yaml:6: spec.source");
    assertThat(file.problems().get(0).category()).isEqualTo(FailureCategory.INTERNAL);
  }

  @Test
  void settingsThatAreWrongAreSaidWithTheirLine() {
    assertThat(messages(declared(set("{directories: {paths: [\"/envs\"]}}", "a", ""))))
        .singleElement()
        .asString()
        .startsWith("set.yaml:5: spec.generators[0].directories.paths: expected a relative path");
    assertThat(messages(declared(set("{files: {}}", "a", ""))))
        .containsExactly(
            "set.yaml:5: spec.generators[0].files.paths: expected at least one pattern such as"
                + " envs/*");
    assertThat(messages(declared(set("{}", "a", ""))))
        .anyMatch(each -> each.contains("exactly one of list, directories and files"));
    assertThat(
            messages(
                declared(set("{list: {elements: [{path: x}]}}", "a", "  source: {memory: {}}\n"))))
        .anyMatch(each -> each.contains("spec.source: expected directories or files"));
  }

  @Test
  void aCommandThatReadsFilesWantsAllOfThemRight() {
    put("envs/dev/app.yaml", "env: dev\n");
    put("envs/prod/app.yaml", "env: [prod\n");
    String yaml = set(FILES, "${env}", "  source: {memory: {}}\n");
    TreeMap<String, byte[]> all = new TreeMap<>();
    all.put("set.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> reader().readAll(all, GeneratorSources.of(CALL)))
        .hasMessageContaining("repository/envs/prod/app.yaml:2");
    put("envs/prod/app.yaml", "env: prod\n");
    assertThat(reader().readAll(all, GeneratorSources.of(CALL)))
        .extracting(ApplicationSpec::name)
        .containsExactly("dev", "prod");
  }

  @Test
  void withoutASourceToLookIntoItIsSaid() {
    byte[] yaml = set(DIRECTORIES, "a", "").getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> reader().read("set.yaml", yaml))
        .hasMessageContaining("set.yaml:4: spec.source: missing; expected a source to look into");
  }
}
