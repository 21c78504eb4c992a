package io.github.gitops4j.cli;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Plans in files. */
final class SavedPlan {
  private SavedPlan() {}

  /** Writes a plan; whoever reads the file sees the old one or the whole new one. */
  static void write(Path file, Plan plan) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path staged = absolute.resolveSibling(absolute.getFileName() + ".new");
    Files.write(staged, PlanJson.write(plan));
    Files.move(staged, absolute, StandardCopyOption.REPLACE_EXISTING);
  }

  static Plan read(Path file) {
    byte[] json;
    try {
      json = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          FailureCategory.NOT_FOUND, file.toString(), 0, 0, "no such file");
    } catch (IOException e) {
      throw new InvalidInputException(
          FailureCategory.UNAVAILABLE, file.toString(), 0, 0, "reading failed: " + e.getMessage());
    }
    return PlanJson.read(file.toString(), json);
  }
}
