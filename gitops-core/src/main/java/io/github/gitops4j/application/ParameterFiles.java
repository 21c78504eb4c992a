package io.github.gitops4j.application;

import io.github.gitops4j.application.GeneratorSources.Look;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Files of a source that declare parameters: an object, or a list of objects, in YAML or JSON.
 *
 * <p>A file that is wrong is said, and the others go on.
 *
 * <p>Confined to one reading.
 */
final class ParameterFiles {
  /** How much the files of one generator may be together. */
  private static final int LARGEST = 16 << 20;

  private static final YamlReader READER =
      YamlReader.withLimits(
          DocumentLimits.builder().maxBytes(1 << 20).maxDepth(50).maxNodes(100_000).build());

  private final Look look;
  private final Reading reading;
  private long room = LARGEST;
  private boolean isWhole = true;

  ParameterFiles(Look look, Reading reading) {
    this.look = look;
    this.reading = reading;
  }

  /** Says whether no file was wrong. */
  boolean isWhole() {
    return isWhole;
  }

  /** Gives the elements of a file, all of them or none. */
  void read(TreeEntry entry, Consumer<Element> elements) {
    String file = look.name(entry.path());
    try {
      List<Element> all = new ArrayList<>();
      for (DocumentPart part : READER.read(file, bytes(file, entry))) {
        all.addAll(elements(file, entry, part));
      }
      if (all.isEmpty()) {
        throw new InvalidInputException(file, 0, 0, "expected parameters; it is empty");
      }
      all.forEach(elements);
    } catch (InvalidInputException e) {
      isWhole = false;
      Element whole = new Element(Mapping.empty(), Origin.file(file), true);
      reading.broken(whole, List.of(e));
    }
  }

  private byte[] bytes(String file, TreeEntry entry) {
    look.call().checkActive("read " + file);
    if (entry.mode() != FileMode.REGULAR && entry.mode() != FileMode.EXECUTABLE) {
      throw new InvalidInputException(file, 0, 0, "expected a file, not a link or a submodule");
    }
    try {
      room -= look.tree().size(entry);
      if (room < 0) {
        throw new InvalidInputException(
            FailureCategory.LIMIT_EXCEEDED,
            file,
            0,
            0,
            "not read: the files of a generator may have " + LARGEST + " bytes together");
      }
      try (InputStream in = look.tree().open(entry)) {
        return in.readAllBytes();
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          FailureCategory.UNAVAILABLE, file, 0, 0, "reading failed: " + Failure.reasonOf(e));
    }
  }

  private static List<Element> elements(String file, TreeEntry entry, DocumentPart part) {
    Value root = part.document().root();
    List<Element> elements = new ArrayList<>();
    if (root instanceof Sequence list) {
      for (int i = 0; i < list.size(); i++) {
        elements.add(element(new Origin(file, part.index(), list.line(i)), entry, list.get(i)));
      }
    } else {
      elements.add(element(new Origin(file, part.index(), part.line()), entry, root));
    }
    return elements;
  }

  private static Element element(Origin origin, TreeEntry entry, Value value) {
    if (!(value instanceof Mapping mapping)) {
      throw new InvalidInputException(
          origin.file(), origin.line(), 0, "expected an object or a list of objects");
    }
    for (int i = 0; i < mapping.size(); i++) {
      String key = mapping.key(i);
      if (key.equals(PathParameters.PATH) || key.startsWith(PathParameters.PATH + ".")) {
        int line = Math.max(0, mapping.line(i));
        throw new InvalidInputException(
            origin.file(), line, 0, key + ": expected another name; path says where the file is");
      }
    }
    Mapping.Builder parameters = mapping.toBuilder();
    PathParameters.file(entry.path(), parameters);
    return new Element(parameters.build(), origin, true);
  }
}
