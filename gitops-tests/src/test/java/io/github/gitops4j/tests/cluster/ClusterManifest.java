package io.github.gitops4j.tests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A declared object, with lists taken apart. */
record ClusterManifest(Document document) {

  private static final Path WIDE = Path.of("src/test/resources/kubernetes/wide");

  /** Reads the wide set: all common kinds, in the spellings that people use. */
  static List<ClusterManifest> wide() throws IOException {
    try (Stream<Path> files = Files.list(WIDE)) {
      return read(files.sorted().toList());
    }
  }

  /** Reads files, in their order. */
  static List<ClusterManifest> read(List<Path> files) throws IOException {
    YamlReader reader = YamlReader.create();
    List<ClusterManifest> manifests = new ArrayList<>();
    for (Path file : files) {
      for (DocumentPart part : reader.read(file.toString(), Files.readAllBytes(file))) {
        Document document = part.document();
        if (document.at(FieldPath.root().field("items")).orElse(null) instanceof Sequence items) {
          for (int i = 0; i < items.size(); i++) {
            manifests.add(new ClusterManifest(Document.of(items.get(i))));
          }
        } else {
          manifests.add(new ClusterManifest(document));
        }
      }
    }
    return manifests;
  }

  String apiVersion() {
    return text("/apiVersion");
  }

  String kind() {
    return text("/kind");
  }

  String name() {
    return text("/metadata/name");
  }

  /** Gives the namespace; empty if the manifest has none. */
  String namespace() {
    return text("/metadata/namespace");
  }

  /** Says whether this is an object at all, and not some other YAML. */
  boolean isObject() {
    return !apiVersion().isEmpty() && !kind().isEmpty() && !name().isEmpty();
  }

  boolean isDefinition() {
    return kind().equals("CustomResourceDefinition");
  }

  String json() {
    return new String(document.canonicalJson(), UTF_8);
  }

  private String text(String path) {
    return document.text(FieldPath.parse(path)).orElse("");
  }

  @Override
  public String toString() {
    return kind() + "/" + namespace() + "/" + name();
  }
}
