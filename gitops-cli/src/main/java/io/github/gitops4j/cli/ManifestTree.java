package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Files that are named, and those in the directories that are, under the names as given. */
final class ManifestTree implements SourceTree {
  private final TreeMap<String, TreeEntry> files = new TreeMap<>();

  private ManifestTree() {}

  /**
   * Finds the files.
   *
   * @throws InvalidInputException if there is none where one is named
   */
  static ManifestTree of(List<Path> operands) {
    ManifestTree tree = new ManifestTree();
    operands.forEach(operand -> tree.add(operand.normalize()));
    return tree;
  }

  private void add(Path operand) {
    String shown = operand.toString().isEmpty() ? "." : operand.toString();
    List<String> found = Files.isDirectory(operand) ? below(operand) : List.of(shown);
    if (found.isEmpty()) {
      throw new InvalidInputException(
          FailureCategory.NOT_FOUND, shown, 0, 0, "no .yaml, .yml or .json file in it");
    } else if (!Files.isDirectory(operand)) {
      check(operand, shown);
    }
    found.forEach(file -> files.put(file, new TreeEntry(file, FileMode.REGULAR, file)));
  }

  private static void check(Path file, String shown) {
    if (!Files.exists(file)) {
      throw new InvalidInputException(FailureCategory.NOT_FOUND, shown, 0, 0, "no such file");
    } else if (!FileDocuments.isDocument(file)) {
      throw new InvalidInputException(shown, 0, 0, "expected a .yaml, .yml or .json file");
    }
  }

  /** The empty path is the directory in which the command was started. */
  private static List<String> below(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !isHidden(directory.relativize(file)))
          .filter(FileDocuments::isDocument)
          .map(Path::toString)
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException(
          FailureCategory.UNAVAILABLE,
          directory.toString(),
          0,
          0,
          "reading failed: " + Problems.reasonBelow(e));
    }
  }

  /** What other programs keep beside manifests is in directories of such names. */
  private static boolean isHidden(Path relative) {
    for (Path name : relative) {
      if (name.toString().startsWith(".")) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String id() {
    return "manifests";
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    files.values().forEach(visitor);
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    String prefix = directory.isEmpty() ? "" : directory + "/";
    List<String> names = new ArrayList<>();
    for (String file : files.keySet()) {
      if (file.startsWith(prefix)) {
        String rest = file.substring(prefix.length());
        int slash = rest.indexOf('/');
        names.add(slash < 0 ? rest : rest.substring(0, slash));
      }
    }
    return names;
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    return Optional.ofNullable(files.get(path));
  }

  @Override
  public InputStream open(TreeEntry entry) throws IOException {
    return Files.newInputStream(Path.of(entry.path()));
  }

  @Override
  public long size(TreeEntry entry) throws IOException {
    return Files.size(Path.of(entry.path()));
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    return new TreeChanges.Unknown();
  }
}
