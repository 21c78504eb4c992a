package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * This project's own history, commit by commit, brought to a directory by the packaged command line
 * that is killed again and again while somebody edits the files. What arrives is compared with what
 * {@code git archive} gives.
 */
class KillLoopIT {
  private static final Path ROOT = Path.of(System.getProperty("gitops.root"));
  private static final boolean SOAK = Boolean.getBoolean("gitops.soak");
  private static final int COMMITS = SOAK ? 200 : 6;
  private static final int KILLS = SOAK ? 6 : 3;
  private static final int LONGEST_RUN_MILLIS = 2500;

  private static final String EDITED = "edited by hand ";

  private final Random random = new Random(20261126);
  @TempDir private Path directory;
  private Path live;

  @BeforeEach
  void originAndApplication() throws IOException {
    live = Files.createDirectories(directory.resolve("live"));
    Path origin = directory.resolve("origin.git");
    git("clone", "-q", "--bare", ROOT.toString(), origin.toString());
    // What is compared are the bytes that Git has, not what its filters make of them.
    Files.createDirectories(origin.resolve("info"));
    Files.writeString(origin.resolve("info/attributes"), "* -text -export-subst -export-ignore\n");
    Files.writeString(
        directory.resolve("app.yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: history}
        spec:
          source: {git: {url: "%s", ref: walk}}
          target: {filesystem: {root: live}}
          policy: {maxDeletions: 100000, overwriteConflicts: true, adopt: true}
        """
            .formatted(origin.toUri()));
    Files.writeString(live.resolve("of-somebody-else.txt"), "not Git's");
  }

  @Test
  void everyCommitArrivesByteForByteThroughKillsAndEdits() throws IOException {
    Set<String> edits = new TreeSet<>();
    for (String commit : commits()) {
      git(
          "-C",
          directory.resolve("origin.git").toString(),
          "update-ref",
          "refs/heads/walk",
          commit);
      for (int kill = 0; kill < KILLS; kill++) {
        edit(edits);
        killed("apply");
      }
      assertThat(run("apply")).as(() -> "apply of " + commit + ": " + said()).isZero();
      assertThat(differences(tree(live), tree(archive(commit)))).as("commit %s", commit).isEmpty();
      assertThat(Files.readString(live.resolve("of-somebody-else.txt"))).isEqualTo("not Git's");
      assertThat(run("plan")).as("plan after %s", commit).isZero();
    }
    assertThat(editsIn(live.resolve(".gitops"))).containsAll(edits);
  }

  /** Returns commits from old to new, spread over the history, the newest included. */
  private List<String> commits() throws IOException {
    List<String> all =
        new ArrayList<>(git("-C", ROOT.toString(), "rev-list", "HEAD").lines().toList());
    Collections.reverse(all);
    int step = Math.max(1, all.size() / COMMITS);
    List<String> chosen = new ArrayList<>();
    for (int i = all.size() - 1; i >= 0 && chosen.size() < COMMITS; i -= step) {
      chosen.add(0, all.get(i));
    }
    return chosen;
  }

  /** Edits one file that a pass has written; an edit that nobody has seen yet may be replaced. */
  private void edit(Set<String> edits) throws IOException {
    List<String> files = List.copyOf(tree(live).keySet());
    Path file = live.resolve(files.isEmpty() ? "." : files.get(random.nextInt(files.size())));
    if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      edits.remove(Files.readString(file, StandardCharsets.ISO_8859_1));
      String edit = EDITED + random.nextLong();
      Files.writeString(file, edit);
      edits.add(edit);
    }
  }

  private static Set<String> editsIn(Path state) throws IOException {
    Set<String> edits = new TreeSet<>();
    try (Stream<Path> all = Files.walk(state)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (text.startsWith(EDITED)) {
          edits.add(text);
        }
      }
    }
    return edits;
  }

  private Path archive(String commit) throws IOException {
    Path expected = Files.createDirectories(directory.resolve("expected-" + commit));
    Path tar = directory.resolve("expected.tar");
    git(
        "-C",
        directory.resolve("origin.git").toString(),
        "archive",
        "--format=tar",
        "-o",
        tar.toString(),
        commit);
    execute(List.of("tar", "-xf", tar.toString(), "-C", expected.toString()));
    return expected;
  }

  /**
   * Returns what each path of a tree is: its executable bit and its bytes, or where a link leads.
   */
  private static Map<String, String> tree(Path root) throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.toList()) {
        String name = root.relativize(path).toString();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
            || name.startsWith(".gitops/")
            || name.startsWith("of-somebody-else")) {
          continue;
        }
        found.put(
            name, Files.isSymbolicLink(path) ? "-> " + Files.readSymbolicLink(path) : file(path));
      }
    }
    return found;
  }

  private static Map<String, String> differences(
      Map<String, String> found, Map<String, String> expected) {
    Map<String, String> differences = new TreeMap<>();
    Set<String> names = new TreeSet<>(found.keySet());
    names.addAll(expected.keySet());
    for (String name : names) {
      String here = start(found.get(name));
      if (!Objects.equals(found.get(name), expected.get(name))) {
        differences.put(name, here + " and not " + start(expected.get(name)));
      }
    }
    return differences;
  }

  private static String start(@Nullable String content) {
    return content == null ? "nothing" : content.substring(0, Math.min(40, content.length()));
  }

  private static String file(Path path) throws IOException {
    String bytes = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
    return (Files.isExecutable(path) ? "x " : "- ") + bytes;
  }

  private void killed(String verb) throws IOException {
    Process process = gitops(verb);
    try {
      process.waitFor(random.nextInt(LONGEST_RUN_MILLIS), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int run(String verb) throws IOException {
    return ended(gitops(verb));
  }

  private String said() {
    try {
      return Files.readString(directory.resolve("out.txt"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process gitops(String verb) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-jar",
            ROOT.resolve("gitops-cli/target/gitops.jar").toString(),
            "--cache-dir",
            directory.resolve("cache").toString(),
            verb,
            "-f",
            directory.resolve("app.yaml").toString())
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("out.txt").toFile())
        .start();
  }

  private int ended(Process process) throws IOException {
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  private String git(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    return execute(command);
  }

  private String execute(List<String> command) throws IOException {
    Path out = directory.resolve("command.txt");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    int exit = ended(process);
    String said = Files.readString(out);
    assertThat(exit).as("%s: %s", command, said).isZero();
    return said;
  }
}
