package io.github.gitops4j.cli;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of applications: one, or those of a directory but not of the directories in it. */
final class FileOperand {
  private FileOperand() {}

  /** Returns the content of each file by its path. */
  static SortedMap<String, byte[]> read(String operand) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    try {
      for (String file : files(operand)) {
        contents.put(file, Files.readAllBytes(Path.of(file)));
      }
    } catch (NoSuchFileException e) {
      throw new InvalidInputException(
          FailureCategory.NOT_FOUND, operand, 0, 0, "no such file; name another with -f");
    } catch (IOException e) {
      throw new InvalidInputException(
          FailureCategory.UNAVAILABLE, operand, 0, 0, "reading failed: " + e.getMessage());
    }
    if (contents.isEmpty()) {
      throw new InvalidInputException(
          FailureCategory.NOT_FOUND, operand, 0, 0, "no .yaml, .yml or .json file in it");
    }
    return contents;
  }

  private static List<String> files(String operand) throws IOException {
    Path path = Path.of(operand);
    if (!Files.isDirectory(path)) {
      return List.of(operand);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> FileDocuments.isDocument(String.valueOf(file.getFileName())))
          .map(Path::toString)
          .toList();
    }
  }
}
