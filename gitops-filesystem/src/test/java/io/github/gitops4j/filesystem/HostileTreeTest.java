package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.plan.IncompletePolicy;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody may put into a repository to get out of the root, or to be taken for another. */
class HostileTreeTest {
  @TempDir Path temp;
  private Path root;
  private Scene scene;

  @BeforeEach
  void open() throws IOException {
    root = Files.createDirectory(temp.resolve("root"));
    scene = new Scene(root);
    Files.writeString(temp.resolve("outside"), "not ours");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Checks that a tree is refused before anything is written, and that under the other policy the
   * good files of it are written; returns what was found.
   */
  private List<String> refused(Consumer<InMemoryTreeSource.Files> hostile) throws IOException {
    scene.source.commit("hostile", files -> hostile.accept(files.put("good", "1")));
    final List<String> found = new ArrayList<>();
    ReconcileReport report = scene.pass();
    report.plan().orElseThrow().broken().forEach(input -> found.add(check(input.failure())));
    assertThat(found).isNotEmpty();
    assertThat(report.result()).isInstanceOf(PassResult.Refused.class);
    assertThat(scene.files()).isEmpty();
    scene.policy = PlanPolicy.builder().incomplete(IncompletePolicy.ISOLATE).build();
    scene.restart();
    scene.pass();
    assertThat(scene.files()).containsEntry("good", "1");
    assertThat(temp.resolve("outside")).hasContent("not ours");
    try (Stream<Path> beside = Files.list(temp)) {
      assertThat(beside).containsExactlyInAnyOrder(root, temp.resolve("outside"));
    }
    return found;
  }

  private static String check(Failure failure) {
    assertThat(failure.category()).isEqualTo(FailureCategory.INVALID_INPUT);
    assertThat(failure.message()).doesNotContainPattern("\\p{Cntrl}");
    return failure.message();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../outside",
        "sub/../../outside",
        "/etc/gitops4j",
        "sub//x",
        "./x",
        "..",
        "sub/.."
      })
  void aPathOutOfTheRootIsRefused(String path) throws IOException {
    assertThat(refused(files -> files.put(path, "x"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".git/config",
        ".GIT/config",
        "sub/.Git/hooks/post-checkout",
        ".git",
        "git~1/config",
        ".git./x",
        ".git /x",
        ".g\u200cit/config",
        ".gitops/inventory.jsonl",
        ".GitOps/root.json",
        "sub/.gitops",
        ".gitops\ufeff/lock"
      })
  void whatCanBeTakenForGitsOrOurOwnStateIsRefused(String path) throws IOException {
    assertThat(refused(files -> files.put(path, "x"))).hasSize(1);
    assertThat(root.resolve(".gitops/root.json")).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource({
    "Readme,readme",
    "Dir/x,dir/y",
    "sub/\u00e4,sub/a\u0308",
    "stra\u00dfe,STRASSE",
    "\u212a,k",
    "a\u200db,ab"
  })
  void namesThatClashByCaseOrUnicodeFormAreRefused(String one, String other) throws IOException {
    assertThat(refused(files -> files.put(one, "1").put(other, "2")))
        .anySatisfy(found -> assertThat(found).contains("clashes with"));
  }

  @Test
  void aFileThatIsAlsoADirectoryIsRefused() throws IOException {
    assertThat(refused(files -> files.put("both", "1").put("both/below", "2")))
        .anySatisfy(found -> assertThat(found).contains("both"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\rb", "bell\u0007", "esc\u001b[31m", "nul\u0000", "\u0085"})
  void aNameWithControlCharactersIsRefusedAndNotPrinted(String path) throws IOException {
    assertThat(refused(files -> files.put(path, "x"))).hasSize(1);
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedAndSaidToBe() throws IOException {
    assertThat(refused(files -> files.put("caf\ufffde9", "x")))
        .singleElement(as(InstanceOfAssertFactories.STRING))
        .startsWith("caf\ufffde9: a name that is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\\b", "c:d", "con", "NUL.txt", "com1", "x.", "x ", "\ufffd", "\ud800", "lpt9.a"})
  void aNameThatAnotherSystemReadsDifferentlyIsRefused(String path) throws IOException {
    assertThat(refused(files -> files.put(path, "x"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/passwd", "../outside", "sub/../../outside", "..", ".gitops/root.json", ""})
  void aLinkOutOfTheRootIsRefused(String target) throws IOException {
    scene.links = LinkPolicy.INSIDE_ROOT;
    scene.restart();
    assertThat(refused(files -> files.put("link", FileMode.SYMLINK, bytes(target)))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({".,d/../outside", "sub/deep,d/../../../outside", "sub,d/../x"})
  void linksThatLeadOutTogetherAreRefused(String first, String second) throws IOException {
    scene.links = LinkPolicy.INSIDE_ROOT;
    scene.restart();
    refused(
        files ->
            files
                .put("d", FileMode.SYMLINK, bytes(first))
                .put("e", FileMode.SYMLINK, bytes(second)));
    assertThat(root.resolve("e")).doesNotExist();
  }

  @Test
  void aLinkIsRefusedUnlessThePolicyAllowsIt() throws IOException {
    assertThat(refused(files -> files.put("link", FileMode.SYMLINK, bytes("good")))).hasSize(1);
    assertThat(root.resolve("link")).doesNotExist();
    scene.links = LinkPolicy.INSIDE_ROOT;
    scene.restart();
    scene.pass();
    assertThat(Files.readSymbolicLink(root.resolve("link"))).isEqualTo(Path.of("good"));
  }

  @Test
  void aFileBelowALinkIsRefused() throws IOException {
    scene.links = LinkPolicy.ANY;
    scene.restart();
    refused(files -> files.put("up", FileMode.SYMLINK, bytes("..")).put("up/outside", "stolen"));
  }

  @Test
  void aSubmoduleIsRefused() throws IOException {
    assertThat(refused(files -> files.put("module", FileMode.SUBMODULE, bytes("1".repeat(40)))))
        .singleElement()
        .satisfies(found -> assertThat(found).contains("submodule"));
  }

  @Test
  void aLfsPointerFailsAloneAndItsFileStaysAsItWas() {
    scene.source.commit("first", files -> files.put("a", "1").put("big", "the real content"));
    scene.pass();
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 9\n";
    scene.source.commit("second", files -> files.put("a", "2").put("big", pointer));
    ReconcileReport report = scene.pass();
    assertThat(report.failures())
        .singleElement()
        .satisfies(failed -> assertThat(failed.toString()).contains("Git LFS pointer"));
    assertThat(scene.files()).isEqualTo(Map.of("a", "2", "big", "the real content"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "\u4e2d", "\ud83d\ude00"})
  void aNameOfTheLongestLengthLivesAWholeLife(String letter) {
    int size = bytes(letter).length;
    String longest = letter.repeat(255 / size) + "x".repeat(255 % size);
    String path = "sub/" + longest;
    scene.source.commit("first", files -> files.put(path, "1"));
    assertThat(scene.pass().failures()).isEmpty();
    scene.source.commit("second", files -> files.put(path, "2"));
    assertThat(scene.pass().failures()).isEmpty();
    scene.write(path, "edited");
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).isEqualTo(Map.of(path, "2"));
    assertThat(scene.quarantined()).containsExactly(path);
    scene.source.commit("third", files -> files.remove(path).put("other", "1"));
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).isEqualTo(Map.of("other", "1"));
  }

  @ParameterizedTest
  @CsvSource({"'',x,256", "'',\u4e2d,86", "d/,d/,2048"})
  void aNameOrAPathThatIsTooLongIsRefused(String before, String part, int times)
      throws IOException {
    assertThat(refused(files -> files.put(before + part.repeat(times) + "x", "1"))).hasSize(1);
  }

  @Test
  void aPathThatIsTooLongForThisRootFailsAlone() {
    String deep = "directory-of-some-length/".repeat(160) + "x";
    scene.source.commit("deep", files -> files.put("a", "1").put(deep, "2"));
    ReconcileReport report = scene.pass();
    assertThat(scene.files()).containsEntry("a", "1");
    assertThat(report.failures().size() + scene.files().size()).isEqualTo(2);
  }
}
