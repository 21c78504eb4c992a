package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Text;

/** Reads what an object is called, and refuses what the API server would refuse. */
final class ObjectNames {
  private static final int LONGEST_SHOWN = 60;

  private final String file;
  private final int line;
  private final Mapping metadata;

  /**
   * Reads from a manifest.
   *
   * @param line where the object begins
   */
  ObjectNames(String file, int line, Mapping metadata) {
    this.file = file;
    this.line = line;
    this.metadata = metadata;
  }

  /**
   * Returns the name.
   *
   * @throws InvalidInputException if there is none, or none that the kind can have
   */
  String name(String apiVersion, String kind) {
    String name = text("name");
    if (name.isEmpty()) {
      throw wrong(
          "name",
          metadata.get("generateName").isPresent()
              ? "generateName without a name: no later pass would know the object again"
              : "metadata.name is missing");
    }
    check("name", name, NameRule.of(apiVersion, kind));
    return name;
  }

  /**
   * Returns the namespace; empty if there is none.
   *
   * @throws InvalidInputException if no namespace can be called so
   */
  String namespace() {
    String namespace = text("namespace");
    if (!namespace.isEmpty()) {
      check("namespace", namespace, NameRule.LABEL);
    }
    return namespace;
  }

  private void check(String field, String name, NameRule rule) {
    if (!rule.allows(name)) {
      String shown =
          name.length() <= LONGEST_SHOWN ? name : name.substring(0, LONGEST_SHOWN) + "...";
      throw wrong(
          field,
          "metadata."
              + field
              + " \""
              + shown
              + "\" is not possible: it has to be "
              + rule.expected());
    }
  }

  private String text(String field) {
    int at = metadata.indexOf(field);
    if (at < 0 || metadata.value(at) instanceof Null) {
      return "";
    }
    if (metadata.value(at) instanceof Text text) {
      return text.value();
    }
    throw wrong(field, "metadata." + field + " has to be text, so put it into quotes");
  }

  private InvalidInputException wrong(String field, String problem) {
    int at = metadata.indexOf(field);
    int known = at < 0 ? 0 : metadata.line(at);
    return new InvalidInputException(file, known > 0 ? known : line, 0, problem);
  }
}
