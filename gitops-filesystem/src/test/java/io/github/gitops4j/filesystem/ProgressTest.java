package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.reconcile.Reconciler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgressTest {
  @TempDir Path temp;

  @Test
  void longWriteTellsHowFarItIs() throws Exception {
    Path declared = Files.createDirectory(temp.resolve("declared"));
    Path live = Files.createDirectory(temp.resolve("live"));
    for (int i = 0; i < 250; i++) {
      Files.writeString(declared.resolve("file" + i), "x");
    }
    List<String> told = new ArrayList<>();
    CallContext call =
        CallContext.builder()
            .progress((phase, done, total) -> told.add(phase + " " + done + " of " + total))
            .build();

    Reconciler.builder(DirectorySource.at(declared), FilesystemTarget.at(live))
        .build()
        .reconcile(call);

    assertThat(told)
        .containsSubsequence(
            "stage 100 of 250", "stage 200 of 250", "publish 100 of 250", "publish 200 of 250");
  }
}
