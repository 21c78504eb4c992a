package io.github.gitops4j.cli;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.source.DocumentLimits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of applications: one, or those of a directory but not of the directories in it. */
final class FileOperand {
  private static final int LARGEST = DocumentLimits.defaults().maxBytes();

  private FileOperand() {}

  /** Returns the content of each file by its path; of one that no reader takes, the beginning. */
  static SortedMap<String, byte[]> read(String operand) {
    SortedMap<String, byte[]> contents = new TreeMap<>();
    try {
      for (String file : files(operand)) {
        contents.put(file, begin(file, LARGEST + 1));
      }
    } catch (IOException e) {
      throw unreadable(operand, e, "no such file; name another with -f");
    }
    if (contents.isEmpty()) {
      throw new InvalidInputException(
          FailureCategory.NOT_FOUND, operand, 0, 0, "no .yaml, .yml or .json file in it");
    }
    return contents;
  }

  /**
   * Returns the content of a file.
   *
   * @throws InvalidInputException if it cannot be read, or is larger than any that is of use
   */
  static byte[] bytes(String file) {
    return checked(file, atMost(LARGEST + 1, file));
  }

  /**
   * Returns what there is to read.
   *
   * @param name what it is called
   * @throws InvalidInputException if it is larger than any file that is of use
   */
  static byte[] bytes(String name, InputStream in) throws IOException {
    return checked(name, in.readNBytes(LARGEST + 1));
  }

  private static byte[] checked(String file, byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw new InvalidInputException(
          FailureCategory.LIMIT_EXCEEDED,
          file,
          0,
          0,
          "more than " + LARGEST + " bytes, which is the limit");
    }
    return bytes;
  }

  /** Returns the content of a file, or so many bytes of a larger one. */
  static byte[] atMost(int most, String file) {
    try {
      return begin(file, most);
    } catch (IOException e) {
      throw unreadable(file, e, "no such file");
    }
  }

  private static byte[] begin(String file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(most);
    }
  }

  private static InvalidInputException unreadable(String file, IOException e, String absent) {
    return e instanceof NoSuchFileException
        ? new InvalidInputException(FailureCategory.NOT_FOUND, file, 0, 0, absent)
        : new InvalidInputException(
            FailureCategory.UNAVAILABLE, file, 0, 0, "reading failed: " + Failure.reasonOf(e));
  }

  /** Returns the directory of the files. */
  static Path directory(String operand) {
    Path path = Path.of(operand).toAbsolutePath();
    return Files.isDirectory(path) ? path : path.resolveSibling("");
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
