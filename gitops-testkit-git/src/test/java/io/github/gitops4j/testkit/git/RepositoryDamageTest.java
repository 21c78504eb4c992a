package io.github.gitops4j.testkit.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryDamageTest {
  private Path temp;
  private TestRepository repository;
  private String blob;

  @BeforeEach
  void create(@TempDir Path directory) {
    temp = directory;
    repository = TestRepository.create(temp.resolve("repository"));
    String id = repository.commit().put("a", "content that is long enough\n").create();
    blob = RawTree.ofCommit(repository, id).entry("a").id();
  }

  @AfterEach
  void close() {
    repository.close();
  }

  @Test
  void breaksLooseObjects() {
    repository.damage().flipLooseByte(blob, 8);

    assertBroken();
  }

  @Test
  void deletesLooseObjects() {
    repository.damage().deleteLoose(blob);

    assertBroken();
    assertThatIllegalArgumentException().isThrownBy(() -> repository.damage().deleteLoose(blob));
  }

  @Test
  void breaksPackedObjects() {
    repository.pack();
    assertThat(repository.readRaw(blob)).asString().startsWith("content");
    // The pack's trailer has 20 bytes; before it is the last object, which is the only blob.
    repository.damage().flipPackByte(-25);

    assertBroken();
  }

  @Test
  void cutsPacks() {
    repository.pack();
    assertThat(repository.readRaw(blob)).asString().startsWith("content");
    repository.damage().truncatePack(40);

    assertBroken();
  }

  @Test
  void breaksIndexes() {
    repository.pack();
    repository.damage().flipIndexByte(0);

    assertBroken();
  }

  @Test
  void refusesWhereThereIsNoPack() {
    assertThatIllegalStateException().isThrownBy(() -> repository.damage().truncatePack(1));
    repository.pack();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> repository.damage().flipPackByte(1L << 40));
  }

  private void assertBroken() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> repository.readRaw(blob));
  }
}
