package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the script builds, with a program in place of Go that notes what it is asked for. */
class ControlPlaneBuildTest {
  private static final String COMPILER =
      """
      #!/bin/sh
      while [ "$1" != -o ]; do shift; done
      echo "${2##*/}" >>"$0.log"
      [ "$FAILS" != never ] || { echo begun; exec sleep 60; }
      case $2 in *"$FAILS"*) [ -z "$FAILS" ] || exit 1 ;; esac
      echo built >"$2"
      chmod +x "$2"
      """;

  @TempDir Path folder;
  private Path go;
  private Path binaries;
  private ControlPlaneTool tool;

  @BeforeEach
  void prepare() throws IOException {
    go = Files.writeString(Files.createDirectory(folder.resolve("bin")).resolve("go"), COMPILER);
    assertThat(go.toFile().setExecutable(true)).isTrue();
    tool = ControlPlaneTool.unpackedBelow(folder.resolve("tool"));
    binaries = Path.of(end(run("assets", "")));
  }

  @Test
  void buildsWhatIsMissingAndNothingTwice() throws Exception {
    assertThat(end(run("build", ""))).endsWith(binaries.toString());
    assertThat(end(run("build", ""))).isEqualTo(binaries.toString());

    assertThat(built()).containsExactly("etcd.part", "kwok.part", "kube-all.part");
    for (String name : List.of("etcd", "kwok", "kube-apiserver", "kube-scheduler")) {
      assertThat(binaries.resolve(name)).isExecutable();
    }
  }

  @Test
  void buildsAtTheSameTimeShareOne() throws Exception {
    List<Process> builds = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      builds.add(run("build", ""));
    }

    for (Process build : builds) {
      assertThat(end(build)).endsWith(binaries.toString());
    }
    assertThat(built()).containsExactly("etcd.part", "kwok.part", "kube-all.part");
  }

  @Test
  void aBuildThatFailedSaysWhichAndIsTriedAgain() throws Exception {
    assertThat(end(run("build", "kwok"))).endsWith("control-plane: building kwok failed");
    try (Stream<Path> left = Files.list(binaries)) {
      assertThat(left.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("etcd", "lock");
    }

    assertThat(end(run("build", ""))).endsWith(binaries.toString());
    assertThat(built()).containsExactly("etcd.part", "kwok.part", "kwok.part", "kube-all.part");
  }

  @Test
  void aBuildThatDiedIsInNobodysWay() throws Exception {
    Files.createDirectories(binaries);
    Process dead = run("build", "never");
    BufferedReader said = dead.inputReader(UTF_8);
    while (!"begun".equals(said.readLine())) {
      assertThat(dead.isAlive()).isTrue();
    }
    List<ProcessHandle> compilers = dead.descendants().toList();
    dead.destroyForcibly().waitFor();
    compilers.forEach(ProcessHandle::destroyForcibly);

    assertThat(end(run("build", ""))).endsWith(binaries.toString());
  }

  private Process run(String command, String fails) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", tool.script().toString(), command).redirectErrorStream(true);
    builder.environment().remove("KUBEBUILDER_ASSETS");
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("FAILS", fails);
    builder.environment().merge("PATH", go.getParent() + ":", (path, first) -> first + path);
    return builder.start();
  }

  private static String end(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  private List<String> built() throws IOException {
    return Files.readAllLines(go.resolveSibling("go.log"));
  }
}
