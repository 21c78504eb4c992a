package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.Health;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cases of {@code src/test/resources/health}, one file for each kind. */
final class HealthTable {
  private HealthTable() {}

  /**
   * One case.
   *
   * @param name what it is about
   * @param live the object
   * @param health the verdict
   * @param reason why; empty text if healthy
   * @param until when time may change it, empty text for never
   * @param waited since when it is waited for, empty text for long
   */
  record Case(
      String name, LiveResource live, Health health, String reason, String until, String waited) {
    @Override
    public String toString() {
      return live.key().kind() + ": " + name;
    }
  }

  static List<Case> cases() {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/health"))) {
      return files.sorted().flatMap(file -> read(file).stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Case> read(Path file) {
    try {
      return YamlReader.create().read(file.toString(), Files.readAllBytes(file)).stream()
          .map(DocumentPart::document)
          .map(HealthTable::row)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case row(Document row) {
    Document object = Document.of(row.at(FieldPath.parse("/object")).orElseThrow());
    String version = text(object, "/apiVersion");
    ResourceKey key =
        ResourceKey.of(
            version.contains("/") ? version.substring(0, version.indexOf('/')) : "",
            text(object, "/kind"),
            text(object, "/metadata/namespace"),
            text(object, "/metadata/name"));
    return new Case(
        text(row, "/case"),
        new LiveResource(key, "1", object.digest(), "uid", "", Optional.of(object)),
        Health.valueOf(text(row, "/health")),
        text(row, "/reason"),
        text(row, "/until"),
        text(row, "/waited"));
  }

  private static String text(Document document, String path) {
    return document.text(FieldPath.parse(path)).orElse("");
  }
}
