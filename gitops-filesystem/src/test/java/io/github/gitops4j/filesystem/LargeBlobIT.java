package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.PassResult;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file larger than any array: it can only be streamed. */
class LargeBlobIT {
  private static final long SIZE = (1L << 31) + 1;
  private static final byte[] END = "the end".getBytes(StandardCharsets.UTF_8);

  @TempDir Path temp;
  private Path from;
  private Path to;

  @BeforeEach
  void makeLargeFile() throws IOException {
    from = Files.createDirectory(temp.resolve("from"));
    to = Files.createDirectory(temp.resolve("to"));
    Files.writeString(from.resolve("small"), "1");
    try (RandomAccessFile large = new RandomAccessFile(from.resolve("large").toFile(), "rw")) {
      large.seek(SIZE - END.length);
      large.write(END);
    }
  }

  private ReconcileReport pass() {
    return Reconciler.builder(DirectorySource.at(from), FilesystemTarget.at(to))
        .build()
        .reconcile(CallContext.unbounded());
  }

  @Test
  void isWrittenKeptAsideAndFoundUnchanged() throws IOException {
    assertThat(pass().result()).isInstanceOf(PassResult.Done.class);
    assertThat(Files.mismatch(from.resolve("large"), to.resolve("large"))).isEqualTo(-1);
    try (RandomAccessFile edited = new RandomAccessFile(to.resolve("large").toFile(), "rw")) {
      edited.seek(SIZE / 2);
      edited.write(END);
    }
    ReconcileReport correction = pass();
    assertThat(correction.failures()).isEmpty();
    assertThat(correction.outcomes()).hasSize(1);
    assertThat(Files.mismatch(from.resolve("large"), to.resolve("large"))).isEqualTo(-1);
    Quarantine.Entry kept = FilesystemTarget.at(to).quarantine().list().get(0);
    Path aside = to.resolve(".gitops/quarantine").resolve(kept.operation()).resolve(kept.path());
    assertThat(Files.mismatch(aside, to.resolve("large"))).isEqualTo(SIZE / 2);
    assertThat(pass().outcomes()).isEmpty();
  }
}
