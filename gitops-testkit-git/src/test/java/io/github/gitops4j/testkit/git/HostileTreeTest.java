package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTreeTest {
  private Path temp;
  private TestRepository repository;

  @BeforeEach
  void create(@TempDir Path directory) {
    temp = directory;
    repository = TestRepository.create(temp.resolve("repository"));
  }

  @AfterEach
  void close() {
    repository.close();
  }

  static Stream<String> names() {
    return Stream.of(
        "..",
        ".",
        "",
        ".git",
        ".GIT",
        ".Git",
        "git~1",
        ".gi\u200ct",
        "/etc/passwd",
        "a/b",
        "a\\b",
        "c:",
        "con",
        "line\nbreak",
        "bell\u0007",
        "x".repeat(256),
        "\u00e9".repeat(200),
        "e\u0301");
  }

  @ParameterizedTest
  @MethodSource("names")
  void writesNamesAsTheyAre(String name) {
    String file = repository.commit().unrelated().putRaw(RawPath.of(name), "x").create();
    String below = repository.commit().unrelated().putRaw(RawPath.of(name, "f"), "x").create();

    String bytes = new String(name.getBytes(UTF_8), ISO_8859_1);
    assertThat(RawTree.ofCommit(repository, file).lines()).containsExactly("100644 " + bytes);
    RawTree.Entry directory = RawTree.ofCommit(repository, below).entry(bytes);
    assertThat(directory.mode()).isEqualTo("40000");
    assertThat(RawTree.of(repository, directory.id()).lines()).containsExactly("100644 f");
  }

  @Test
  void writesBytesThatAreNoText() {
    byte[] name = {(byte) 0xff, (byte) 0xfe, 'x'};
    String id =
        repository
            .commit()
            .putRaw(RawPath.ofBytes(name), "x".getBytes(UTF_8), EntryMode.EXECUTABLE)
            .create();

    assertThat(RawTree.ofCommit(repository, id).lines()).containsExactly("100755 \u00ff\u00fex");
  }

  @Test
  void putsAFileBesideADirectoryOfItsName() {
    String id = repository.commit().put("a", "file").putRaw(RawPath.of("a", "b"), "x").create();

    RawTree tree = RawTree.ofCommit(repository, id);
    assertThat(tree.lines()).containsExactly("100644 a", "40000 a");
    assertThat(RawTree.of(repository, tree.entries().get(1).id()).lines())
        .containsExactly("100644 b");
  }

  @Test
  void keepsDuplicatesThroughTheNextCommit() {
    repository
        .commit()
        .put("a", "1")
        .putRaw(RawPath.of("a"), "2")
        .putRaw(RawPath.of("A"), "3")
        .create();
    String id = repository.commit().put("b", "4").create();

    assertThat(RawTree.ofCommit(repository, id).lines())
        .containsExactly("100644 A", "100644 a", "100644 a", "100644 b");
  }

  @Test
  void writesNamesThatDifferByUnicodeFormOnly() {
    String id = repository.commit().put("caf\u00e9", "1").put("cafe\u0301", "2").create();

    List<String> names =
        RawTree.ofCommit(repository, id).entries().stream()
            .map(entry -> new String(entry.name().getBytes(ISO_8859_1), UTF_8))
            .toList();
    assertThat(names).containsExactlyInAnyOrder("caf\u00e9", "cafe\u0301");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "a//b", "a/", "../a", "a/./b", ".git/config", "a/.GIT"})
  void refusesBadPathsWithoutRaw(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> repository.commit().put(path, "x"));
  }

  @Test
  void refusesNamesThatNoTreeCanHold() {
    assertThatIllegalArgumentException().isThrownBy(() -> RawPath.of("a\0b"));
    assertThatIllegalArgumentException().isThrownBy(RawPath::of);
  }
}
