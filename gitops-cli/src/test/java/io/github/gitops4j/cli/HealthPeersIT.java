package io.github.gitops4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code gitops health} beside Argo CD and kstatus as they are: over many objects of a kind that
 * nobody knows, and over the tables of the kinds that we know, which say where the peers differ.
 */
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
            .filter(object -> !isContradiction(object) && object.contains("status:"))
            .toList();

    List<String> expected =
        peers(objects).stream().map(Verdicts::kstatus).map(HealthPeersIT::ours).toList();
    List<String> ours = ours(objects);

    assertThat(expected).hasSizeGreaterThan(800).contains("HEALTHY", "PROGRESSING", "DEGRADED");
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

  private static String ours(String word) {
    return WORDS.getOrDefault(word, word.toUpperCase(Locale.ROOT));
  }

  /**
   * What the peers say of an object.
   *
   * @param argocd Argo CD's word, or a dash if it has none
   * @param kstatus the word of kstatus
   */
  private record Verdicts(String argocd, String kstatus) {}

  private static List<Verdicts> peers(List<String> objects)
      throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve("objects.yaml"), String.join("\n---\n", objects));
    Process process =
        new ProcessBuilder(peers.toString())
            .redirectInput(input.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return output
        .lines()
        .map(line -> line.split("\t", -1))
        .map(words -> new Verdicts(words[0], words[1]))
        .toList();
  }

  /** Where only time decides, it is later for kstatus than for the table. */
  @Test
  void aKnownKindIsJudgedAsThePeersJudgeItUnlessItsTableSaysOtherwise() throws Exception {
    List<Document> rows =
        rows().stream().filter(row -> row.at(FieldPath.parse("/until")).isEmpty()).toList();
    List<Verdicts> verdicts = peers(rows.stream().map(HealthPeersIT::object).toList());

    assertThat(verdicts).hasSameSizeAs(rows).hasSizeGreaterThan(100);
    for (int i = 0; i < rows.size(); i++) {
      Document row = rows.get(i);
      String ours = text(row, "/health").orElseThrow();
      assertPeer(row, ours, verdicts.get(i).kstatus(), text(row, "/kstatus"));
      if (!verdicts.get(i).argocd().equals("-")) {
        assertPeer(row, ours, verdicts.get(i).argocd(), text(row, "/argocd"));
      }
    }
  }

  private static void assertPeer(
      Document row, String ours, String said, Optional<String> otherwise) {
    String about = object(row);
    if (otherwise.isEmpty()) {
      assertThat(ours(said)).as(about).isEqualTo(ours);
    } else {
      assertThat(said).as(about).isEqualTo(otherwise.get());
      assertThat(ours(said)).as("needless: " + about).isNotEqualTo(ours);
    }
  }

  private static List<Document> rows() throws IOException {
    Path tables =
        Path.of(System.getProperty("gitops.root"), "gitops-kubernetes/src/test/resources/health");
    List<Document> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(tables)) {
      for (Path file : files.sorted().toList()) {
        YamlReader.create()
            .read(file.toString(), Files.readAllBytes(file))
            .forEach(part -> rows.add(part.document()));
      }
    }
    return rows;
  }

  private static String object(Document row) {
    return row.at(FieldPath.parse("/object")).orElseThrow().toJson();
  }

  private static Optional<String> text(Document row, String path) {
    return row.text(FieldPath.parse(path));
  }
}
