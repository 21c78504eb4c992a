package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestRepositoryTest {
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

  @Test
  void startsEmptyWithAnUnbornHead() throws Exception {
    assertThat(Files.readString(temp.resolve("repository/HEAD")))
        .isEqualTo("ref: refs/heads/main\n");
    assertThat(repository.refs().all()).isEmpty();
    assertThat(repository.refs().find("HEAD")).isEmpty();
  }

  @Test
  void refusesToCreateWhereARepositoryIs() {
    assertThatIllegalStateException()
        .isThrownBy(() -> TestRepository.create(temp.resolve("repository")));
  }

  @Test
  void writesTheSameBytesEverywhere() {
    String id = repository.commit().message("first\n").put("a/b.txt", "hello\n").create();

    assertThat(new String(repository.readRaw(id), UTF_8))
        .isEqualTo(
            """
            tree 4b378868f9def8dfbfa9494e931d7367e276bb3a
            author Test Author <author@example.org> 1767225600 +0000
            committer Test Author <author@example.org> 1767225600 +0000

            first
            """);
    assertThat(repository.refs().all()).containsExactly(Map.entry("refs/heads/main", id));
  }

  @Test
  void takesPeopleAndTimeFromTheTest() {
    String id =
        repository
            .commit()
            .author(new Person("A", "a@x"))
            .committer(new Person("C", "c@x"))
            .time(Instant.ofEpochSecond(5))
            .create();

    assertThat(new String(repository.readRaw(id), UTF_8))
        .contains("author A <a@x> 5 +0000\ncommitter C <c@x> 5 +0000\n");
  }

  @Test
  void buildsOnTheTipAndKeepsUntouchedEntries() {
    repository.commit().put("a/one", "1").put("b/two", "2").put("top", "t").create();
    String id =
        repository
            .commit()
            .put("a/three", "3".getBytes(UTF_8), EntryMode.EXECUTABLE)
            .remove("b/two")
            .symlink("link", "../outside")
            .submodule("module", "1234567890123456789012345678901234567890")
            .create();

    RawTree root = RawTree.ofCommit(repository, id);
    assertThat(root.lines())
        .containsExactly("40000 a", "120000 link", "160000 module", "100644 top");
    assertThat(RawTree.of(repository, root.entry("a").id()).lines())
        .containsExactly("100644 one", "100755 three");
    assertThat(root.entry("module").id()).isEqualTo("1234567890123456789012345678901234567890");
    assertThat(repository.readRaw(root.entry("link").id())).asString().isEqualTo("../outside");
  }

  @Test
  void sortsDirectoriesAsGitDoes() {
    String id = repository.commit().put("a/x", "").put("a.b", "").put("a0", "").create();

    assertThat(RawTree.ofCommit(repository, id).lines())
        .containsExactly("100644 a.b", "40000 a", "100644 a0");
  }

  @Test
  void replacesAFileByADirectoryAndBack() {
    repository.commit().put("a", "file").create();
    String directory = repository.commit().put("a/b", "x").create();
    String file = repository.commit().put("a", "file").create();

    assertThat(RawTree.ofCommit(repository, directory).lines()).containsExactly("40000 a");
    assertThat(RawTree.ofCommit(repository, file).lines()).containsExactly("100644 a");
  }

  @Test
  void mergesAndStartsUnrelatedHistories() {
    String one = repository.commit().put("a", "1").create();
    String other = repository.commit("other").unrelated().put("b", "2").create();
    String merge = repository.commit().merge(other).create();

    assertThat(new String(repository.readRaw(other), UTF_8)).doesNotContain("parent");
    assertThat(new String(repository.readRaw(merge), UTF_8))
        .contains("parent " + one + "\nparent " + other + "\n");
    assertThat(RawTree.ofCommit(repository, merge).lines()).containsExactly("100644 a");
  }

  @Test
  void movesRewindsAndDeletesRefs() {
    String one = repository.commit().put("a", "1").create();
    String two = repository.commit().put("a", "2").create();
    repository.refs().branch("main", one);
    repository.refs().tag("light", two);
    String tag = repository.refs().annotatedTag("v1", two, ObjectKind.COMMIT, "release\n");
    String tagOfTag = repository.refs().annotatedTag("v2", tag, ObjectKind.TAG, "again\n");

    assertThat(repository.refs().all())
        .isEqualTo(
            new TreeMap<>(
                Map.of(
                    "refs/heads/main", one,
                    "refs/tags/light", two,
                    "refs/tags/v1", tag,
                    "refs/tags/v2", tagOfTag)));
    assertThat(repository.readRaw(tagOfTag))
        .asString()
        .startsWith("object " + tag + "\ntype tag\ntag v2\ntagger Test Author <");

    repository.refs().delete("refs/tags/light");
    repository.refs().delete("refs/tags/never-there");
    assertThat(repository.refs().find("refs/tags/light")).isEmpty();
  }

  @Test
  void pointsHeadAnywhere() throws Exception {
    String id = repository.commit().put("a", "1").create();
    Path head = temp.resolve("repository/HEAD");

    repository.refs().head("refs/heads/missing");
    assertThat(Files.readString(head)).isEqualTo("ref: refs/heads/missing\n");
    repository.refs().detachHead(id);
    assertThat(Files.readString(head)).isEqualTo(id + "\n");
    repository.refs().writeRaw("HEAD", "rubbish\n");
    assertThat(Files.readString(head)).isEqualTo("rubbish\n");
  }

  @Test
  void refusesRawRefsOutsideTheRepository() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> repository.refs().writeRaw("../../elsewhere", "x"));
  }

  @Test
  void signsWhatTheUnsignedCommitSays() {
    String plain = repository.commit().time(Instant.EPOCH).put("a", "1").createDetached();
    byte[][] seen = new byte[1][];
    String signed =
        repository
            .commit()
            .time(Instant.EPOCH)
            .put("a", "1")
            .signer(
                bytes -> {
                  seen[0] = bytes;
                  return "-----BEGIN-----\nabc\n-----END-----\n";
                })
            .createDetached();

    assertThat(seen[0]).isEqualTo(repository.readRaw(plain));
    assertThat(repository.readRaw(signed))
        .asString()
        .contains("\ngpgsig -----BEGIN-----\n abc\n -----END-----\n\nChange files\n");
    assertThat(repository.refs().all()).isEmpty();
  }

  @Test
  void writesObjectsOfAnyBytes() {
    String id = repository.commitRaw("no commit at all".getBytes(UTF_8));

    assertThat(id).isEqualTo("cf504f843980e3a2c2fb6116f82d54114bf8371c");
  }

  @Test
  void writesManyFilesInSmallDirectories() {
    String id = repository.commit().putMany("apps", 70_000, n -> "number: " + n + "\n").create();

    RawTree apps = RawTree.of(repository, RawTree.ofCommit(repository, id).entry("apps").id());
    int files = 0;
    for (RawTree.Entry high : apps.entries()) {
      RawTree middle = RawTree.of(repository, high.id());
      assertThat(middle.entries()).hasSizeLessThanOrEqualTo(256);
      for (RawTree.Entry low : middle.entries()) {
        RawTree leaves = RawTree.of(repository, low.id());
        assertThat(leaves.entries()).hasSizeLessThanOrEqualTo(256);
        files += leaves.entries().size();
      }
    }
    assertThat(files).isEqualTo(70_000);
    assertThat(CommitBuilder.pathOf("apps", 69_999)).isEqualTo("apps/01/11/6f.yaml");
    assertThat(RawTree.of(repository, apps.entry("01").id()).entries()).hasSize(18);
  }

  @Test
  void streamsZeros() {
    long size = 64L << 20;
    String id = repository.commit().putZeros("big", size).create();

    assertThat(RawTree.ofCommit(repository, id).entry("big").id())
        .as("id that git hash-object gives")
        .isEqualTo("51c513d36451ab389b5b3e9bca9b478b84a2e2ce");
  }

  @Test
  void writesLfsPointers() {
    String oid = "a".repeat(64);
    String id = repository.commit().lfsPointer("model.bin", oid, 12).create();

    assertThat(repository.readRaw(RawTree.ofCommit(repository, id).entry("model.bin").id()))
        .asString()
        .isEqualTo("version https://git-lfs.github.com/spec/v1\noid sha256:" + oid + "\nsize 12\n");
  }

  @Test
  void opensWhatWasThere() {
    String id = repository.commit().put("a", "1").create();

    try (TestRepository again = TestRepository.open(temp.resolve("repository"))) {
      assertThat(again.refs().find("refs/heads/main")).contains(id);
    }
  }
}
