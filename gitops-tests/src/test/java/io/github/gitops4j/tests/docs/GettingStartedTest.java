package io.github.gitops4j.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program at the beginning of a page does what it says when it is pasted and started. */
class GettingStartedTest {
  private static final Path PAGE =
      Path.of(System.getProperty("gitops.root", ".."))
          .toAbsolutePath()
          .resolve("docs/controller.md");

  @TempDir Path directory;

  @Test
  void ofTheControllerDeploysBothApplications() throws Exception {
    declare("envs/base/limits", "10");
    declare("envs/shop/port", "80");
    Snippet first = new Page(PAGE.toString(), Files.readString(PAGE)).java().get(0);
    Path program = Files.writeString(directory.resolve("Platform.java"), first.code());
    assertThat(output(program).strip()).isEqualTo("IN_SYNC []");
    assertThat(directory.resolve("live/base/limits")).hasContent("10");
    assertThat(directory.resolve("live/shop/port")).hasContent("80");
  }

  private void declare(String file, String content) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, content);
  }

  private String output(Path program) throws IOException, InterruptedException {
    Path printed = directory.resolve("printed");
    Process java =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    program.toString()))
            .directory(directory.toFile())
            .redirectOutput(printed.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(java.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    } finally {
      java.destroyForcibly().waitFor();
    }
    return Files.readString(printed);
  }
}
