package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChange;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySourceTest {
  @TempDir Path root;
  private final CountedReads reads = new CountedReads();
  private final CallContext call = CallContext.unbounded();
  private DirectorySource source;

  @BeforeEach
  void open() {
    source = new DirectorySource(root, InstantSource.system(), reads);
  }

  private Path write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private SourceTree tree() {
    return source.fetch(source.latest(call), call).tree();
  }

  private List<String> paths() {
    List<String> paths = new ArrayList<>();
    tree().forEach(entry -> paths.add(entry.path()), call);
    return paths;
  }

  private static List<String> changed(TreeChanges changes) {
    return ((TreeChanges.Known) changes).changes().stream().map(TreeChange::path).toList();
  }

  @Test
  void givesAllFilesButGitsAndOurOwn() throws IOException {
    write("b", "1");
    write("a/c", "2");
    write(".git/config", "x");
    write(".gitops/root.json", "x");
    assertThat(paths()).containsExactly("a/c", "b");
  }

  @Test
  void aNameThatIsNotUtf8IsGivenAndItsFileRead() throws IOException, InterruptedException {
    write("a", "1");
    shell("mkdir \"$(printf 'd\\351')\" && printf acute > \"$(printf 'd\\351/caf\\351')\"");
    shell("printf grave > \"$(printf 'd\\351/caf\\350')\"");
    SourceTree before = tree();
    assertThat(paths()).containsExactly("a", "d\ufffde9/caf\ufffde8", "d\ufffde9/caf\ufffde9");
    TreeEntry grave = before.find("d\ufffde9/caf\ufffde8", call).orElseThrow();
    assertThat(text(before, grave)).isEqualTo("grave");

    shell("rm \"$(printf 'd\\351/caf\\350')\"");
    assertThat(changed(tree().changesSince(before.id(), call))).containsExactly(grave.path());
    assertThatThrownBy(() -> before.open(grave))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith("/caf\ufffde8");
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(root.toFile()).inheritIO().start();
    assertThat(process.waitFor()).isZero();
  }

  private static String text(SourceTree tree, TreeEntry entry) throws IOException {
    try (InputStream in = tree.open(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aPlaceThatIsNoFileIsRefusedAndNotOpened() throws IOException {
    write("a", "1");
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(root.resolve("s")));
      assertThatThrownBy(() -> source.latest(call))
          .isInstanceOf(SourceException.class)
          .hasMessageStartingWith(
              root.resolve("s") + ": reading failed: expected a file or a link");
    }
  }

  @Test
  void itsIdTellsPathModeAndContentButNotTime() throws IOException {
    Path file = write("a", "1");
    final String id = tree().id();
    write("a", "1");
    assertThat(tree().id()).isEqualTo(id);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    assertThat(tree().id()).isNotEqualTo(id);
    assertThat(file.toFile().setExecutable(false)).isTrue();
    assertThat(tree().id()).isEqualTo(id);
    write("a", "2");
    assertThat(tree().id()).isNotEqualTo(id);
    write("a", "1");
    Files.move(file, root.resolve("b"));
    assertThat(tree().id()).isNotEqualTo(id);
  }

  @Test
  void aLinkIsALinkAndNotWhatItPointsTo() throws IOException {
    Path outside =
        Files.writeString(root.resolveSibling("outside-" + root.getFileName()), "secret");
    Files.createSymbolicLink(root.resolve("link"), outside);
    try {
      TreeEntry entry = tree().find("link", call).orElseThrow();
      assertThat(entry.mode()).isEqualTo(FileMode.SYMLINK);
      try (InputStream in = tree().open(entry)) {
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(outside.toString());
      }
    } finally {
      Files.delete(outside);
    }
  }

  @Test
  void saysWhatChangedSinceATreeThatItKnows() throws IOException {
    write("same", "1");
    write("edited", "1");
    write("gone", "1");
    final SourceTree before = tree();
    write("edited", "2");
    write("new", "1");
    Files.delete(root.resolve("gone"));
    SourceTree now = tree();
    assertThat(changed(now.changesSince(before.id(), call)))
        .containsExactly("edited", "gone", "new");
    assertThat(changed(now.changesSince(now.id(), call))).isEmpty();
    assertThat(now.changesSince("unheard of", call)).isInstanceOf(TreeChanges.Unknown.class);
  }

  @Test
  void refusesAFileThatChangesWhileItIsRead() throws IOException {
    Path file = write("a", "1");
    reads.before(file, () -> Files.writeString(file, "2"));
    assertThatThrownBy(() -> source.latest(call))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("a");
    reads.clear();
    assertThat(paths()).containsExactly("a");
  }

  @Test
  void refusesATreeOfWhichAPartCannotBeRead() throws IOException {
    write("a", "1");
    write("sub/b", "1");
    reads.before(
        root.resolve("sub"),
        () -> {
          throw new AccessDeniedException("sub");
        });
    assertThatThrownBy(() -> source.latest(call))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("sub: reading failed");
  }

  @Test
  void refusesARevisionThatIsNoLongerThere() throws IOException {
    write("a", "1");
    Revision other = new Revision("", "0".repeat(64));
    assertThatThrownBy(() -> source.fetch(other, call)).isInstanceOf(SourceException.class);
  }

  @Test
  void aRevisionThatWasThereOnceIsNotGivenFromMemory() throws IOException {
    write("a", "1");
    Revision before = source.latest(call);
    source.fetch(before, call);
    write("a", "22");
    assertThatThrownBy(() -> source.fetch(before, call))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("it no longer has the content of " + before.id());
    write("a", "1");
    assertThat(source.fetch(before, call).tree().id()).isEqualTo(before.id());
  }

  @Test
  void whatIsFetchedIsLookedAtAgainButNotRead() throws IOException {
    reads.later(write("a", "1"), Duration.ofMinutes(-1));
    Revision latest = source.latest(call);
    reads.clear();
    source.fetch(latest, call);
    assertThat(reads.lists).containsExactly(root);
    assertThat(reads.digests).isEmpty();
  }

  @Test
  void aMissingDirectoryIsNoEmptyTree() {
    DirectorySource missing = DirectorySource.at(root.resolve("missing"));
    assertThatThrownBy(() -> missing.latest(call)).isInstanceOf(SourceException.class);
  }

  @Test
  void aRootThatIsALinkIsResolvedOnceForASnapshot() throws IOException {
    write("one/a", "1");
    write("two/a", "2");
    Path current = Files.createSymbolicLink(root.resolve("current"), Path.of("one"));
    DirectorySource linked = DirectorySource.at(current);
    SourceTree tree = linked.fetch(linked.latest(call), call).tree();
    Files.delete(current);
    Files.createSymbolicLink(current, Path.of("two"));
    try (InputStream in = tree.open(tree.find("a", call).orElseThrow())) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("1");
    }
  }
}
