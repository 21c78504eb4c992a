package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthVerbTest {
  private static final String HEALTHY = shop("a", "[{type: Ready, status: 'True'}]");
  private static final String STALLED =
      shop("b", "[{type: Stalled, status: 'True', message: no such image}]");

  @TempDir Path directory;

  @Test
  void eachObjectHasALineWithItsFileAsGiven() throws IOException {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata: {namespace: shop, name: web}
        spec: {restartPolicy: Always}
        status:
          phase: Pending
          containerStatuses:
          - name: web
            state: {waiting: {reason: ImagePullBackOff, message: "back-off\\n\\tpulling web:7"}}
        """;
    String one = file("one.yaml", HEALTHY + "---\n" + pod);
    String other = file("other.yaml", HEALTHY);

    assertThat(CommandRun.of("health", one, other))
        .isEqualTo(
            new CommandRun(
                2,
                String.join(
                    "\n",
                    one + "\texample.com/Shop\t/a\tHEALTHY\t",
                    one
                        + "\t/Pod\tshop/web\tDEGRADED\t"
                        + "container web waits: ImagePullBackOff: back-off pulling web:7",
                    other + "\texample.com/Shop\t/a\tHEALTHY\t",
                    ""),
                ""));
  }

  @Test
  void aReportIsWrittenBesideTheLines() throws IOException {
    Path report = directory.resolve("report.json");
    CommandRun run = CommandRun.of("health", file("a.yaml", HEALTHY), "--report", "json=" + report);
    assertThat(run.out()).endsWith("\tHEALTHY\t\n");
    assertThat(report).content().contains("\"health\":\"HEALTHY\"");
  }

  @Test
  void healthyAndSuspendedObjectsAreDone() throws IOException {
    String paused =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {namespace: shop, name: web}
        spec: {paused: true}
        """;

    CommandRun run = CommandRun.of("health", file("a.yaml", HEALTHY + "---\n" + paused));

    assertThat(run.exit()).isZero();
    assertThat(run.out()).endsWith("\tapps/Deployment\tshop/web\tSUSPENDED\tit is paused\n");
  }

  @Test
  void directoriesAndListsAreTakenApart() throws IOException {
    String list =
        """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: ConfigMap, metadata: {namespace: shop, name: a}}
        - {apiVersion: v1, kind: ConfigMap, metadata: {namespace: shop, name: b}}
        """;
    String file = file("list.yaml", list);

    assertThat(CommandRun.of("health", directory.toString()).out())
        .isEqualTo(
            file
                + "\t/ConfigMap\tshop/a\tHEALTHY\t\n"
                + file
                + "\t/ConfigMap\tshop/b\tHEALTHY\t\n");
  }

  @Test
  void aFileThatCannotBeReadStopsOnlyItself() throws IOException {
    CommandRun run =
        CommandRun.of("health", file("bad.yaml", "a: [\n"), file("good.yaml", HEALTHY), "nowhere");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).endsWith("good.yaml\texample.com/Shop\t/a\tHEALTHY\t\n").hasLineCount(1);
    assertThat(run.err()).contains("bad.yaml").contains("nowhere: no such file");
  }

  @Test
  void twoObjectsOfOneKeyAreRefusedWhereAReportCannotTellThemApart() throws IOException {
    CommandRun run =
        CommandRun.of("health", file("a.yaml", HEALTHY), file("b.yaml", HEALTHY), "-o", "json");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("b.yaml").contains("Shop.example.com/a is in ");
  }

  @Test
  void standardInputIsRead() {
    assertThat(CommandRun.reading(STALLED, "health", "-").out())
        .isEqualTo("-\texample.com/Shop\t/b\tDEGRADED\tStalled is True: no such image\n");
    assertThat(CommandRun.reading(HEALTHY + "---\n" + STALLED, "health", "-", "-o", "json").out())
        .contains("\"health\":\"DEGRADED\"")
        .contains("\"health\":\"HEALTHY\"");
  }

  @Test
  void whatIsNoObjectIsUnknown() throws IOException {
    CommandRun run = CommandRun.of("health", file("a.yaml", "a: 1\n"));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).contains("\tUNKNOWN\t").contains("a.yaml:1 is no Kubernetes object");
  }

  @Test
  void nothingToJudgeIsAnError() throws IOException {
    CommandRun run = CommandRun.of("health", file("a.yaml", "# nothing\n"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).endsWith("a.yaml: no object in it to judge\n").hasLineCount(1);
  }

  private static String shop(String name, String conditions) {
    return """
        apiVersion: example.com/v1
        kind: Shop
        metadata: {name: %s}
        status: {conditions: %s}
        """
        .formatted(name, conditions);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }
}
