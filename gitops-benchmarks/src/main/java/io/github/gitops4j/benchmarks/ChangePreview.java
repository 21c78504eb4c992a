package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures {@code gitops plan --from} as a process: what a change of ten files does to a cluster of
 * 10,000 objects, each in a file of its own, in a clone that is packed. One of the files is new and
 * one is gone, so that all others are searched for what they declare. The start of the command
 * takes turns with it, and is taken off.
 *
 * <p>Arguments: rounds (default 10).
 */
public final class ChangePreview {
  private static final int DEFAULT_ROUNDS = 10;
  private static final int FILES = 10_000;
  private static final int UPDATED = 8;
  private static final double NANOS = 1e6;

  private final Path work;

  private ChangePreview(Path work) {
    this.work = work;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_ROUNDS;
    ChangePreview preview = new ChangePreview(Files.createTempDirectory("gitops-preview"));
    preview.commit();
    double begun = Double.MAX_VALUE;
    double whole = Double.MAX_VALUE;
    for (int i = 0; i < rounds; i++) {
      begun = Math.min(begun, preview.millis(0, "--version"));
      whole = Math.min(whole, preview.millis(2, "plan", "--from", "HEAD~1"));
    }
    System.out.println(CaseRow.head());
    String parts = String.format(Locale.ROOT, "%.0f ms without %.0f ms", whole, begun);
    System.out.println(
        new CaseRow(
            "gitops plan --from of 10 files of 10,000, beside its start: " + parts,
            whole - begun,
            1000,
            "ms"));
  }

  private void commit() throws IOException {
    ManifestCorpus corpus = new ManifestCorpus();
    List<String> manifests = new ArrayList<>();
    for (int i = 0; i <= FILES; i++) {
      manifests.add(corpus.deployment("shop", "shop-" + i));
    }
    try (TestRepository repository = TestRepository.create(work.resolve(".git"))) {
      repository.commit().putMany("apps", FILES, manifests::get).create();
      CommitBuilder change = repository.commit();
      for (int i = 0; i < UPDATED; i++) {
        int changed = i * FILES / UPDATED;
        change.put(
            CommitBuilder.pathOf("apps", changed),
            manifests.get(changed).replace("registry.example.com", "mirror.example.com"));
      }
      change.put("apps/new.yaml", manifests.get(FILES));
      change.remove(CommitBuilder.pathOf("apps", FILES - 1)).create();
      repository.pack();
    }
    Files.writeString(
        work.resolve("app.yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: large}
        spec:
          source: {directory: {path: apps}}
          target: {kubernetes: {kubeconfig: nowhere, owner: ci/large}}
        """);
  }

  private double millis(int exit, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of("gitops-cli", "target", "gitops").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.redirectOutput(work.resolve("out").toFile());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    long began = System.nanoTime();
    int ended = builder.start().waitFor();
    double took = (System.nanoTime() - began) / NANOS;
    String said = Files.readString(work.resolve("out"));
    if (ended != exit || (exit == 2 && !said.contains("1 to create, 8 to update, 1 to prune"))) {
      throw new IOException(command + ": exit " + ended + ": " + said);
    }
    return took;
  }
}
