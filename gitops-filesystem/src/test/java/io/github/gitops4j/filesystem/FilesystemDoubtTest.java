package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What cannot be seen is never taken for absent. */
class FilesystemDoubtTest extends FilesystemLooks {
  @Test
  void aFileThatCannotBeReadIsUnreadableAndHidesNoOther() throws IOException {
    Path file = write("a", "1");
    write("b", "2");
    reads.before(
        file,
        () -> {
          throw new AccessDeniedException("a");
        });
    assertThat(seen("a"))
        .isInstanceOfSatisfying(
            Observation.Unreadable.class,
            found -> assertThat(found.failure().category()).isEqualTo(FailureCategory.FORBIDDEN));
    assertThat(seen("b")).isInstanceOf(Observation.Present.class);
  }

  @Test
  void nothingBelowAnUnreadableDirectoryIsAbsent() throws IOException {
    write("sub/deep/a", "1");
    write("b", "2");
    reads.before(
        root.resolve("sub"),
        () -> {
          throw new AccessDeniedException("sub");
        });
    LiveState state = everything();
    assertThat(state.observation(ResourceKey.file("sub/deep/a")))
        .isInstanceOf(Observation.Unreadable.class);
    assertThat(state.observation(ResourceKey.file("sub/never-there")))
        .isInstanceOf(Observation.Unreadable.class);
    assertThat(names(state)).containsExactly("b");
  }

  @Test
  void aRootThatCannotBeListedIsNoEmptyRoot() {
    reads.before(
        root,
        () -> {
          throw new AccessDeniedException("root");
        });
    assertThatThrownBy(() -> everything()).isInstanceOf(LiveStateException.class);
  }

  @Test
  void aRootThatIsAFileIsNoEmptyRoot() throws IOException {
    Path file = Files.writeString(root.resolveSibling(root.getFileName() + "-file"), "x");
    assertNoRoot(file, FailureCategory.NOT_FOUND);
    assertNoRoot(
        Files.createSymbolicLink(root.resolve("to-file"), file), FailureCategory.NOT_FOUND);
    Files.delete(file);
    assertNoRoot(root.resolve("to-file"), FailureCategory.NOT_FOUND);
    Path loop = root.resolve("loop");
    assertNoRoot(Files.createSymbolicLink(loop, loop), FailureCategory.NOT_FOUND);
  }

  @Test
  void aRootThatMayNotBeReadIsNoEmptyRoot() throws IOException {
    write("a", "1");
    reads.before(
        root,
        () -> {
          throw new AccessDeniedException(root.toString());
        });
    assertNoRoot(root, FailureCategory.FORBIDDEN);
  }

  private void assertNoRoot(Path place, FailureCategory category) {
    FilesystemTarget target = FilesystemTarget.builder(place).reads(reads).build();
    assertThatThrownBy(() -> target.live().observe(Scope.everything(), CallContext.unbounded()))
        .isInstanceOfSatisfying(
            LiveStateException.class,
            thrown -> assertThat(thrown.failure().category()).isEqualTo(category));
  }

  @Test
  void aRootThatVanishesDuringTheWalkIsNoEmptyRoot() {
    reads.before(
        root,
        () -> {
          throw new NoSuchFileException("root");
        });
    assertThatThrownBy(() -> everything()).isInstanceOf(LiveStateException.class);
  }

  @Test
  void aRootWithoutItsMarkerIsNotTheRoot() throws IOException {
    new StateDirectory(root, new JdkDisk()).initialise();
    write("a", "1");
    everything();
    Files.move(root.resolve(".gitops"), root.resolve("elsewhere"));
    assertThatThrownBy(() -> everything())
        .isInstanceOf(LiveStateException.class)
        .hasMessageContaining("not the root it was");
    assertThatThrownBy(() -> only("a")).isInstanceOf(LiveStateException.class);
  }

  @Test
  void aFileThatChangesWhileItIsReadIsUnreadable() throws IOException {
    Path file = write("a", "short");
    reads.before(file, () -> Files.writeString(file, "much longer than it was"));
    assertThat(everything().observation(ResourceKey.file("a")))
        .isInstanceOf(Observation.Unreadable.class);
  }

  @Test
  void aCancelledLookEnds() throws IOException {
    write("a", "1");
    Cancellation cancellation = new Cancellation();
    CallContext call = CallContext.builder().cancellation(cancellation).build();
    reads.before(root, cancellation::cancel);
    write("sub/b", "1");
    assertThatThrownBy(() -> live.observe(Scope.everything(), call))
        .isInstanceOf(CallException.class);
  }

  @Test
  void aLookThatIsCancelledWhileItReadsAFileEnds() throws IOException {
    Path file = write("a", "1");
    Cancellation cancellation = new Cancellation();
    CallContext call = CallContext.builder().cancellation(cancellation).build();
    reads.before(file, cancellation::cancel);
    assertThatThrownBy(() -> live.observe(Scope.everything(), call))
        .isInstanceOf(CallException.class)
        .hasMessage("read file: cancelled");
  }
}
