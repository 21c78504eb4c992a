package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What we know about a directory is gone, cut, damaged, or from the future. */
class StateFilesTest {
  @TempDir Path temp;
  private Scene scene;

  @BeforeEach
  void applyOnce() {
    scene = new Scene(temp);
    scene.source.commit("first", files -> files.put("a", "1").put("b", "2"));
    scene.pass();
    scene.source.commit("second", files -> files.put("a", "3").remove("b"));
  }

  private Path state(String name) {
    return temp.resolve(".gitops").resolve(name);
  }

  private Failure refusal() {
    scene.restart();
    ReconcileReport report = scene.pass();
    assertThat(report.outcomes()).isEmpty();
    assertThat(scene.files()).isEqualTo(Map.of("a", "1", "b", "2"));
    assertThat(report.result()).isInstanceOf(PassResult.Failed.class);
    Failure failure = ((PassResult.Failed) report.result()).failure();
    assertThat(failure.message()).doesNotContain("\n").contains(".gitops");
    return failure;
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.json", "inventory.jsonl"})
  void anEmptyFileIsRefusedAndLeftAsItIs(String name) throws IOException {
    Files.write(state(name), new byte[0]);
    assertThat(refusal().message()).contains(name, "move .gitops away");
    assertThat(state(name)).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(strings = {"root.json", "inventory.jsonl", "history.jsonl"})
  void randomBytesAreRefusedAndLeftAsTheyAre(String name) throws IOException {
    byte[] noise = new byte[500];
    new Random(7).nextBytes(noise);
    noise[100] = '\n';
    Files.write(state(name), noise);
    assertThat(refusal().message()).contains(name);
    assertThat(state(name)).hasBinaryContent(noise);
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory.jsonl", "history.jsonl"})
  void aFileThatIsGoneIsNotBegunAnew(String name) throws IOException {
    Files.delete(state(name));
    assertThat(refusal().message()).contains(name, "it is gone");
    assertThat(state(name)).doesNotExist();
  }

  @Test
  void aMarkerThatIsGoneIsNotMadeAnewBesideAnInventory() throws IOException {
    byte[] inventory = Files.readAllBytes(state("inventory.jsonl"));
    Files.delete(state("root.json"));
    assertThat(refusal().message()).contains("root.json", "it is gone");
    assertThat(state("inventory.jsonl")).hasBinaryContent(inventory);
  }

  @ParameterizedTest
  @CsvSource({
    "root.json,'\"format\":1','\"format\":2'",
    "inventory.jsonl,'inventory\":1}','inventory\":2}'"
  })
  void aFileOfANewerVersionIsLeftToIt(String name, String ours, String theirs) throws IOException {
    String content = Files.readString(state(name)).replace(ours, theirs);
    Files.writeString(state(name), content);
    assertThat(refusal())
        .satisfies(
            failure -> {
              assertThat(failure.category()).isEqualTo(FailureCategory.UNSUPPORTED);
              assertThat(failure.message()).contains("version", "use that one");
            });
    assertThat(state(name)).hasContent(content);
  }

  @Test
  void aBatchDamagedInTheMiddleIsRefused() throws IOException {
    byte[] log = Files.readAllBytes(state("inventory.jsonl"));
    log[60] ^= 1;
    Files.write(state("inventory.jsonl"), log);
    assertThat(refusal().message()).contains("is damaged", "move .gitops away");
  }

  @ParameterizedTest
  @ValueSource(strings = {"inventory.jsonl", "history.jsonl"})
  void aFileCutAtAnyByteCostsNoFileOfOthers(String name) throws IOException {
    byte[] whole = Files.readAllBytes(state(name));
    int stride = Boolean.getBoolean("gitops.soak") ? 1 : Math.max(1, whole.length / 12);
    for (int length = 0; length < whole.length; length += stride) {
      Path root = Files.createDirectory(temp.resolve("cut-" + length));
      Scene cut = new Scene(root);
      cut.source.commit("first", files -> files.put("a", "1").put("b", "2"));
      cut.pass();
      cut.write("b", "edited");
      cut.write("theirs", "mine");
      Path file = root.resolve(".gitops").resolve(name);
      Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
      cut.source.commit("second", files -> files.put("a", "3").remove("b"));
      cut.restart();
      cut.pass();
      assertThat(cut.files()).containsEntry("theirs", "mine").containsKey("a");
      assertThat(cut.files().get("a")).isIn("1", "3");
      assertThat(cut.files().containsValue("edited") || cut.quarantined().contains("b")).isTrue();
    }
  }

  @Test
  void whatCanBeLostIsLostWithoutHarm() throws IOException {
    Files.write(state("directories"), new byte[] {(byte) 0xff, 1, 2});
    scene.restart();
    assertThat(scene.pass().failures()).isEmpty();
    assertThat(scene.files()).isEqualTo(Map.of("a", "3"));
  }
}
