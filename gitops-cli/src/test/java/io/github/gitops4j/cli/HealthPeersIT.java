package io.github.gitops4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops health} beside kstatus as it is, over many objects of a kind that nobody knows. */
class HealthPeersIT {
  private static final Pattern HEALTH = Pattern.compile("\"health\":\"([A-Z]+)\"");
  private static final Map<String, String> WORDS =
      Map.of(
          "Current", "HEALTHY",
          "InProgress", "PROGRESSING",
          "Failed", "DEGRADED",
          "Terminating", "TERMINATING");
  private static final List<String> TYPES = List.of("Ready", "Reconciling", "Stalled", "Synced");
  private static final List<String> STATUSES = List.of("True", "False", "Unknown");

  @TempDir static Path folder;
  private static Path peers;

  @BeforeAll
  static void build() throws IOException, InterruptedException {
    peers = folder.resolve("health-peers").toAbsolutePath();
    Process process =
        new ProcessBuilder("go", "build", "-buildvcs=false", "-o", peers.toString(), ".")
            .directory(Path.of(System.getProperty("gitops.root"), "tools/health-peers").toFile())
            .inheritIO()
            .start();
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void anUnknownKindIsJudgedAsKstatusJudgesIt() throws Exception {
    Random random = new Random(7);
    List<String> objects =
        IntStream.range(0, 1000)
            .mapToObj(number -> object(number, random))
            .filter(object -> !isContradiction(object))
            .toList();

    List<String> expected = kstatus(objects);
    List<String> ours = ours(objects);

    assertThat(expected).hasSizeGreaterThan(900).contains("HEALTHY", "PROGRESSING", "DEGRADED");
    for (int i = 0; i < objects.size(); i++) {
      assertThat(ours.get(i)).as(objects.get(i)).isEqualTo(expected.get(i));
    }
  }

  /** Of the two, kstatus takes the one that comes first in the list; ours does not depend on it. */
  private static boolean isContradiction(String object) {
    return object.contains("type: Stalled\n    status: \"True\"")
        && object.contains("type: Reconciling\n    status: \"True\"");
  }

  /** Any mix of what the rule reads: deletion, generations, up to three conditions. */
  private static String object(int number, Random random) {
    StringBuilder text = new StringBuilder("apiVersion: example.com/v1\nkind: Shop\n");
    text.append("metadata:\n  namespace: b\n  name: a-").append(1000 + number).append("\n");
    if (random.nextInt(10) == 0) {
      text.append("  deletionTimestamp: \"2026-01-01T00:00:00Z\"\n");
    }
    if (random.nextInt(3) > 0) {
      text.append("  generation: ").append(1 + random.nextInt(2)).append('\n');
    }
    if (random.nextInt(10) == 0) {
      return text.toString();
    }
    text.append("status:\n  phase: Any\n");
    if (random.nextInt(3) > 0) {
      text.append("  observedGeneration: ").append(1 + random.nextInt(2)).append('\n');
    }
    List<String> types = new ArrayList<>(TYPES);
    text.append("  conditions:\n");
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      text.append("  - type: ").append(types.remove(random.nextInt(types.size())));
      text.append("\n    status: \"").append(STATUSES.get(random.nextInt(3)));
      text.append("\"\n    reason: Any\n    message: said by a controller\n");
    }
    return text.toString();
  }

  private static List<String> ours(List<String> objects) {
    CommandRun run = CommandRun.reading(String.join("---\n", objects), "health", "-", "-o", "json");
    assertThat(run.err()).isEmpty();
    return HEALTH.matcher(run.out()).results().map(match -> match.group(1)).toList();
  }

  private static List<String> kstatus(List<String> objects)
      throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve("objects.yaml"), String.join("---\n", objects));
    Process process =
        new ProcessBuilder(peers.toString())
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return output
        .lines()
        .map(line -> line.substring(line.indexOf('\t') + 1))
        .map(word -> WORDS.getOrDefault(word, word))
        .toList();
  }
}
