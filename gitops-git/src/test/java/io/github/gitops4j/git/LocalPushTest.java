package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Into a repository of this machine there is no server between us and its refs. */
class LocalPushTest {
  private static final CallContext CALL = CallContext.unbounded();

  @TempDir Path temp;
  private TestRepository repository;
  private GitCache cache;
  private GitWriter writer;
  private GitChange change;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    String seen = repository.commit().put("a", "1").create();
    cache = GitCache.builder(temp.resolve("cache"), JGitIsolation.install()).allowFile().build();
    GitSource source = cache.source(GitUrl.parse(repository.uri().toString())).build();
    writer = GitWriter.builder(source, GitIdentity.of("A", "a@example.com")).build();
    change =
        GitChange.edit(new Revision("refs/heads/main", seen)).put("a", "2".getBytes(UTF_8)).build();
  }

  @AfterEach
  void close() {
    cache.close();
    repository.close();
  }

  private static void hook(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void worksWhereThereAreNoHooks() throws IOException {
    Path hooks = Files.createDirectories(repository.directory().resolve("hooks"));
    Files.writeString(hooks.resolve("pre-receive.sample"), "#!/bin/sh\n");
    Revision made = writer.write(change, "Change a", CALL).revision();
    assertThat(repository.refs().find("refs/heads/main")).contains(made.id());
  }

  @ParameterizedTest
  @ValueSource(strings = {"hooks/pre-receive", "hooks/post-receive", "elsewhere/update"})
  void isRefusedWhereAHookWouldBePassedBy(String place) throws IOException {
    hook(repository.directory().resolve(place));
    if (place.startsWith("elsewhere")) {
      Files.writeString(
          repository.directory().resolve("config"),
          "[core]\n\tbare = true\n\thooksPath = elsewhere\n");
    }
    GitWriteException e =
        catchThrowableOfType(GitWriteException.class, () -> writer.write(change, "Change a", CALL));
    assertThat(e.category()).isEqualTo(FailureCategory.UNSUPPORTED);
    assertThat(e).hasMessageContaining(place.substring(place.indexOf('/') + 1));
  }
}
