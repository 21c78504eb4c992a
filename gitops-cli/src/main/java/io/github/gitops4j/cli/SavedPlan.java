package io.github.gitops4j.cli;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Plans in files. */
final class SavedPlan {
  private SavedPlan() {}

  /**
   * Writes a plan; whoever reads the file sees the old one or the whole new one. What is no file,
   * such as a pipe, is written into.
   */
  static void write(Path file, Plan plan) {
    byte[] json = PlanJson.write(plan);
    try {
      Path place = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
      if (Files.isDirectory(place)) {
        throw Problems.wrong("--out", file + " is a directory");
      } else if (Files.exists(place) && !Files.isRegularFile(place)) {
        Files.write(place, json);
      } else {
        replace(place, json);
      }
    } catch (IOException e) {
      throw Problems.wrong("--out", "writing " + file + " failed: " + Failure.reasonOf(e));
    }
  }

  private static void replace(Path place, byte[] json) throws IOException {
    String name = place.getFileName() + "." + ProcessHandle.current().pid() + ".new";
    Path staged = place.resolveSibling(name);
    try {
      Files.write(staged, json, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      Files.move(staged, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(staged);
    }
  }

  /**
   * Reads a plan.
   *
   * @throws InvalidInputException if there is none that can be read
   */
  static Plan read(Path file) {
    return PlanJson.read(file.toString(), FileOperand.bytes(file.toString()));
  }
}
