package io.github.gitops4j.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of pipelines as trees. A key is a text whatever it looks like, {@code on} too. */
final class Yaml {
  private static final ObjectMapper READER = new YAMLMapper();

  private Yaml() {}

  static JsonNode read(Path file) {
    try {
      return READER.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new AssertionError(file + ": " + e.getMessage(), e);
    }
  }

  static List<JsonNode> readAll(String text) {
    try (MappingIterator<JsonNode> documents = READER.readerFor(JsonNode.class).readValues(text)) {
      return documents.readAll();
    } catch (IOException e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }
}
