package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process that follows a source, generation after generation, until somebody kills it. */
final class ChildProcess {
  static final int GENERATIONS = 12;
  static final int FILES = 30;

  private ChildProcess() {}

  /** Starts one; it halts at an operation unless that is 0. */
  static Process start(Path root, int haltAt) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(ChildProcess.class.getName());
    command.add(root.toString());
    command.add(Integer.toString(haltAt));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Runs in the child. */
  public static void main(String[] args) {
    Scene scene = new Scene(Path.of(args[0]));
    int haltAt = Integer.parseInt(args[1]);
    FaultyDisk disk = new FaultyDisk();
    if (haltAt > 0) {
      disk.at(haltAt, () -> Runtime.getRuntime().halt(9));
    }
    scene.disk = disk;
    scene.restart();
    for (int generation = 0; generation < GENERATIONS; generation++) {
      commit(scene.source, generation);
      scene.pass();
      System.out.println(generation);
    }
  }

  /** Each generation writes some files anew, adds one and removes one. */
  static void commit(InMemoryTreeSource source, int generation) {
    source.commit(
        "generation " + generation,
        files -> {
          for (int i = 0; i < FILES; i++) {
            files.put("d" + i % 5 + "/f" + i, content(generation, i));
          }
          files.put("added/g" + generation, content(generation, FILES));
          if (generation > 0) {
            files.remove("added/g" + (generation - 1));
          }
        });
  }

  static String content(int generation, int file) {
    return ("generation " + generation + " of file " + file + "\n").repeat(40);
  }
}
