package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitCacheClosedTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final String CLOSED = "git cache: opening failed: the cache is closed";

  @TempDir Path temp;
  private ServedRepository served;
  private GitSource source;
  private Revision first;
  private Revision second;
  private SourceTree tree;

  @BeforeEach
  void useAndClose() {
    served = ServedRepository.writable(temp);
    served.repository().commit().put("a", "1").create();
    source = served.source().build();
    first = source.latest(CALL);
    served.repository().commit().put("a", "2").create();
    second = source.latest(CALL);
    tree = source.fetch(second, CALL).tree();
    assertThat(source.order().relation(second, first, CALL)).isNotNull();
    served.cache().close();
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static void isRefused(ThrowingCallable use) {
    SourceException e = catchThrowableOfType(SourceException.class, use);
    assertThat(e.category()).isEqualTo(FailureCategory.INTERNAL);
    assertThat(e).hasMessage(CLOSED);
  }

  private void nothingIsOpen() throws IOException {
    try (DirectoryStream<Path> repositories =
        Files.newDirectoryStream(temp.resolve("cache"), "*.git")) {
      for (Path repository : repositories) {
        assertThat(RepositoryUse.ifUnused(repository, () -> {})).isTrue();
      }
    }
  }

  @Test
  void itsSourcesSaySoAndOpenNothing() throws IOException {
    isRefused(() -> source.latest(CALL));
    isRefused(() -> source.fetch(second, CALL));
    isRefused(() -> source.order().relation(second, first, CALL));
    isRefused(() -> source.remote().orElseThrow().latest(List.of(source), CALL));
    nothingIsOpen();
  }

  @Test
  void itsTreesSaySoAndOpenNothing() throws IOException {
    isRefused(() -> tree.names("", CALL));
    isRefused(() -> tree.forEach(entry -> {}, CALL));
    isRefused(() -> tree.find("a", CALL));
    TreeEntry entry = new TreeEntry("a", FileMode.REGULAR, "1".repeat(40));
    assertThatThrownBy(() -> tree.open(entry)).isInstanceOf(IOException.class).hasMessage(CLOSED);
    nothingIsOpen();
  }

  @Test
  void aSourceOrAWriterThatIsMadeOfItSaysSoAndOpensNothing() throws IOException {
    isRefused(() -> served.source().build().latest(CALL));
    isRefused(
        () -> served.source().credentials("other", GitCredentials::none).build().latest(CALL));
    GitWriter writer = GitWriter.builder(source, GitIdentity.of("D", "d@example.com")).build();
    GitChange change = GitChange.edit(second).put("a", "3".getBytes(UTF_8)).build();
    isRefused(() -> writer.write(change, "Change a", CALL));
    nothingIsOpen();
  }

  @Test
  void itCanBeClosedAgainAndAnotherCacheServesTheSame() throws IOException {
    served.cache().close();
    try (GitCache next =
        GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowHttp().build()) {
      assertThat(next.source(served.url()).build().fetch(second, CALL).tree().names("", CALL))
          .containsExactly("a");
    }
    nothingIsOpen();
  }
}
