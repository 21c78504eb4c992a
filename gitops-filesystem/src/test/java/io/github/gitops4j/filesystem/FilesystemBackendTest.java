package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.application.Backend;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesystemBackendTest {
  @TempDir Path directory;

  private ApplicationSpec read(String target) {
    return read(target, FilesystemBackend.target());
  }

  private ApplicationSpec read(String target, Backend<Target> backend) {
    String yaml =
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: files}
        spec:
          source:
            directory: {path: desired}
          target:
            filesystem: %s
        """
            .formatted(target);
    return ApplicationReader.of(List.of(FilesystemBackend.source()), List.of(backend))
        .read(directory.resolve("app.yaml").toString(), yaml.getBytes(StandardCharsets.UTF_8))
        .get(0);
  }

  @Test
  void pathsAreRelativeToTheApplicationFile() throws Exception {
    Files.createDirectories(directory.resolve("desired"));
    Files.createDirectories(directory.resolve("live"));
    Files.writeString(directory.resolve("desired/a.txt"), "a");
    ApplicationSpec spec = read("{root: live, links: insideRoot}");

    try (Target target = spec.openTarget()) {
      ReconcileReport report =
          spec.reconciler(spec.openSource(), target).build().reconcile(CallContext.unbounded());
      assertThat(report.converged()).isTrue();
    }
    assertThat(directory.resolve("live/a.txt")).hasContent("a");
  }

  @Test
  void aProgramWithAWatchWatchesTheDirectoriesOfAllApplications() throws Exception {
    Files.createDirectories(directory.resolve("live"));
    try (DirectoryWatch watch = DirectoryWatch.open();
        Target watched = read("{root: live}", FilesystemBackend.target(watch)).openTarget();
        Target walked = read("{root: live}").openTarget()) {
      assertThat(watched.live().changeFeed()).isPresent();
      assertThat(walked.live().changeFeed()).isEmpty();
    }
  }

  @Test
  void unknownLinkPolicyIsAFindingWithItsLine() {
    assertThatThrownBy(() -> read("{root: live, links: all}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("app.yaml:8")
        .hasMessageContaining("expected deny, insideRoot or any");
  }

  @Test
  void missingRootIsAFinding() {
    assertThatThrownBy(() -> read("{links: any}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("root: missing");
  }
}
