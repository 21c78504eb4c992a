package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneToolTest {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void unpacksEachFileOfTheProjectsOwnTool() throws IOException {
    ControlPlaneTool tool = ControlPlaneTool.unpackedBelow(folder);

    Path own = Path.of(System.getProperty("gitops.root"), "tools", "control-plane");
    assertThat(filesBelow(tool.script().resolveSibling("."))).isEqualTo(filesBelow(own));
    for (String file : filesBelow(own)) {
      assertThat(tool.script().resolveSibling(file)).hasSameBinaryContentAs(own.resolve(file));
    }
  }

  @Test
  void unpackingAgainUsesWhatIsThere() throws IOException {
    ControlPlaneTool first = ControlPlaneTool.unpackedBelow(folder);
    Path mark = Files.createFile(first.script().resolveSibling("mark"));

    ControlPlaneTool second = ControlPlaneTool.unpackedBelow(folder);

    assertThat(second.script()).isEqualTo(first.script());
    assertThat(mark).exists();
    try (Stream<Path> folders = Files.list(folder)) {
      assertThat(folders).hasSize(1);
    }
  }

  @Test
  void saysWhatTheScriptSaidWhenItFails() {
    ControlPlaneTool tool = ControlPlaneTool.unpackedBelow(folder);

    assertThatThrownBy(() -> tool.run(LIMIT, List.of("down", folder.toString())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "control plane: down failed: control-plane: " + folder + " holds no control plane");
  }

  @Test
  void showsItsUseForAnUnknownCommand() {
    ControlPlaneTool tool = ControlPlaneTool.unpackedBelow(folder);

    assertThatThrownBy(() -> tool.run(LIMIT, List.of("dance")))
        .hasMessageContaining("control-plane up DIR");
  }

  @Test
  void endsAScriptThatTakesTooLong() throws IOException {
    ControlPlaneTool tool = ControlPlaneTool.unpackedBelow(folder);
    Path held = Files.createDirectory(folder.resolve("held"));
    Files.createFile(held.resolve("assets"));

    assertThatThrownBy(
            () ->
                tool.run(
                    Duration.ofMillis(300),
                    List.of("watchdog", held.toString(), "" + ProcessHandle.current().pid())))
        .hasMessage("control plane: watchdog failed: it took longer than PT0.3S");
  }

  @Test
  void aGivenFolderOfBinariesIsUsed() throws IOException {
    for (String name : List.of("etcd", "kube-apiserver")) {
      assertThat(Files.createFile(folder.resolve(name)).toFile().setExecutable(true)).isTrue();
    }

    assertThat(assetsIn(folder)).isEqualTo(folder.toString());
  }

  @Test
  void aGivenFolderWithoutAnApiServerIsRefused() throws IOException {
    assertThat(assetsIn(folder))
        .isEqualTo(
            "control-plane: KUBEBUILDER_ASSETS names %s, which has no kube-apiserver and etcd",
            folder);
  }

  private String assetsIn(Path given) throws IOException {
    ControlPlaneTool tool = ControlPlaneTool.unpackedBelow(folder.resolve("cache"));
    ProcessBuilder command =
        new ProcessBuilder("bash", tool.script().toString(), "assets").redirectErrorStream(true);
    command.environment().put("KUBEBUILDER_ASSETS", given.toString());
    return new String(command.start().getInputStream().readAllBytes(), UTF_8).strip();
  }

  private static List<String> filesBelow(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> root.relativize(path).toString())
          .sorted()
          .toList();
    }
  }
}
