package io.github.gitops4j.cli;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads all documents of files and directories. In a directory, files that end with .yaml, .yml or
 * .json count, in the order of their paths; what begins with a dot and symbolic links do not.
 *
 * <p>Confined to one thread.
 */
final class FileDocuments {
  /** The operand that stands for the standard input. */
  static final String STANDARD_INPUT = "-";

  /** What the standard input is called as a file. */
  static final String STANDARD_INPUT_NAME = "standard input";

  private static final String PLACE_KIND = "Document";

  private final InputStream in;
  private final DocumentLimits limits = DocumentLimits.defaults();
  private final YamlReader reader = YamlReader.withLimits(limits);
  private final List<FileDocument> found = new ArrayList<>();
  private final List<InvalidInputException> findings = new ArrayList<>();

  private FileDocuments(InputStream in) {
    this.in = in;
  }

  /**
   * Reads what the operands name, where no two documents may have one key.
   *
   * @throws InvalidInputException for the first thing that is wrong, the others are suppressed
   */
  static SortedMap<ResourceKey, FileDocument> read(List<String> operands, InputStream in) {
    return all(operands, in).byKey();
  }

  /** Reads what the operands name, as far as it can be read. */
  static FileDocuments all(List<String> operands, InputStream in) {
    FileDocuments documents = new FileDocuments(in);
    for (String operand : operands) {
      documents.addOperand(operand, operands.size() == 1);
    }
    return documents;
  }

  /** Returns the documents in the order of the operands; there may be several of one key. */
  List<FileDocument> inOrder() {
    return Collections.unmodifiableList(found);
  }

  /**
   * Returns the documents by their keys.
   *
   * @throws InvalidInputException for the first thing that is wrong, the others are suppressed
   */
  SortedMap<ResourceKey, FileDocument> byKey() {
    SortedMap<ResourceKey, FileDocument> documents = new TreeMap<>();
    for (FileDocument document : found) {
      FileDocument first = documents.putIfAbsent(document.key(), document);
      if (first != null) {
        findings.add(
            new InvalidInputException(
                document.origin().file(),
                document.origin().line(),
                0,
                document.key() + " is in " + first.origin() + " too"));
      }
    }
    refuseFindings();
    return Collections.unmodifiableSortedMap(documents);
  }

  /**
   * Does nothing if all was read.
   *
   * @throws InvalidInputException for the first thing that is wrong, the others are suppressed
   */
  void refuseFindings() {
    InvalidInputException.throwFirst(findings);
  }

  private void addOperand(String operand, boolean alone) {
    try {
      if (operand.equals(STANDARD_INPUT)) {
        addFile(STANDARD_INPUT_NAME, alone ? "" : operand, limits.read(in));
        return;
      }
      Path path = Path.of(operand);
      if (!Files.isDirectory(path)) {
        addFile(operand, alone ? "" : operand, bytes(path));
        return;
      }
      for (Path file : below(path)) {
        String place = path.relativize(file).toString();
        addFile(file.toString(), place, bytes(file));
      }
    } catch (NoSuchFileException e) {
      findings.add(
          new InvalidInputException(FailureCategory.NOT_FOUND, operand, 0, 0, "no such file"));
    } catch (IOException e) {
      findings.add(
          new InvalidInputException(
              FailureCategory.UNAVAILABLE,
              operand,
              0,
              0,
              "reading failed: " + Problems.reasonBelow(e)));
    }
  }

  private byte[] bytes(Path file) throws IOException {
    try (InputStream content = Files.newInputStream(file)) {
      return limits.read(content);
    }
  }

  private static List<Path> below(Path directory) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Path> entries;
    try (Stream<Path> list = Files.list(directory)) {
      entries = list.sorted().toList();
    }
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      if (name.startsWith(".")) {
        continue;
      }
      if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
        files.addAll(below(entry));
      } else if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && isDocument(name)) {
        files.add(entry);
      }
    }
    return files;
  }

  static boolean isDocument(String name) {
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  static boolean isDocument(Path file) {
    return isDocument(String.valueOf(file.getFileName()));
  }

  private void addFile(String file, String place, byte[] bytes) {
    List<DocumentPart> parts;
    try {
      parts = reader.read(file, bytes);
    } catch (InvalidInputException e) {
      findings.add(e);
      return;
    }
    int number = 0;
    for (DocumentPart part : parts) {
      for (Document document : Manifest.items(part.document())) {
        number++;
        add(document, place.isEmpty() ? "" + number : place + "#" + number, origin(file, part));
      }
    }
  }

  private static Origin origin(String file, DocumentPart part) {
    return new Origin(file, part.index(), part.line());
  }

  private void add(Document document, String place, Origin origin) {
    found.add(
        Manifest.key(document)
            .map(key -> new FileDocument(key, FileDocument.Form.MANIFEST, document, origin))
            .orElseGet(
                () ->
                    new FileDocument(
                        ResourceKey.of("", PLACE_KIND, "", place),
                        FileDocument.Form.OTHER,
                        document,
                        origin)));
  }
}
