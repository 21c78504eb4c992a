package io.github.gitops4j.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs the real {@code git} on one repository, away from the configuration of this machine. */
final class RealGit {
  private final Path directory;

  RealGit(Path directory) {
    this.directory = directory;
  }

  Path directory() {
    return directory;
  }

  static Map<String, String> environment(Path home) {
    return Map.of(
        "PATH", System.getenv("PATH"),
        "HOME", home.toString(),
        "GIT_CONFIG_NOSYSTEM", "1",
        "GIT_AUTHOR_NAME", "A U Thor",
        "GIT_AUTHOR_EMAIL", "author@example.org",
        "GIT_COMMITTER_NAME", "A U Thor",
        "GIT_COMMITTER_EMAIL", "author@example.org");
  }

  /** Runs a command that must succeed and returns its output. */
  String run(String... arguments) throws IOException, InterruptedException {
    return new String(raw("", arguments), StandardCharsets.UTF_8).strip();
  }

  private byte[] raw(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "protocol.file.allow=always", "-c", "gc.auto=0"));
    command.addAll(List.of(arguments));
    Path in = Files.createTempFile("git", ".in");
    Path err = Files.createTempFile("git", ".err");
    try {
      Files.writeString(in, input);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(in.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment(directory));
      Process process = builder.start();
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new AssertionError(command + ": " + Files.readString(err));
      }
      return output;
    } finally {
      Files.delete(in);
      Files.delete(err);
    }
  }

  /** Returns {@code mode id} by path, as {@code git ls-tree} lists a commit. */
  Map<String, String> list(String commit) throws IOException, InterruptedException {
    Map<String, String> entries = new HashMap<>();
    String listed = new String(raw("", "ls-tree", "-r", "-z", commit), StandardCharsets.UTF_8);
    for (String line : listed.split("\0", 0)) {
      String[] parts = line.split("[ \t]", 4);
      entries.put(parts[3], parts[0] + " " + parts[2]);
    }
    return entries;
  }

  /** Returns the bytes of blobs by id, as {@code git cat-file} gives them. */
  Map<String, byte[]> blobs(Iterable<String> ids) throws IOException, InterruptedException {
    byte[] batch = raw(String.join("\n", ids) + "\n", "cat-file", "--batch");
    Map<String, byte[]> blobs = new HashMap<>();
    int at = 0;
    while (at < batch.length) {
      ByteArrayOutputStream header = new ByteArrayOutputStream();
      for (; batch[at] != '\n'; at++) {
        header.write(batch[at]);
      }
      String[] parts = header.toString(StandardCharsets.US_ASCII).split(" ", 3);
      int size = Integer.parseInt(parts[2]);
      byte[] blob = new byte[size];
      System.arraycopy(batch, at + 1, blob, 0, size);
      blobs.put(parts[0], blob);
      at += size + 2;
    }
    return blobs;
  }
}
