package io.github.gitops4j.kubernetes.manifest;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands for one object in a document of manifests.
 *
 * <p>Immutable.
 *
 * @param value what stands there, which may be no object
 * @param line the line on which it begins, from 1, or 0 if that is not known
 * @since 0.1.0
 */
public record ManifestObject(Value value, int line) {
  /** Checks the value. */
  public ManifestObject {
    requireNonNull(value, "value");
  }

  /**
   * Returns what a document holds: itself, or what is in it if it is a list, as {@code kubectl get}
   * prints it, and in the lists in that.
   *
   * @param line the line on which the document begins, for what has none of its own
   */
  public static List<ManifestObject> in(Document document, int line) {
    List<ManifestObject> objects = new ArrayList<>();
    new ManifestObject(document.root(), line).addTo(objects);
    return objects;
  }

  private void addTo(List<ManifestObject> objects) {
    if (value instanceof Mapping object
        && object.text("kind").orElse("").endsWith("List")
        && object.get("items").orElse(null) instanceof Sequence items) {
      for (int i = 0; i < items.size(); i++) {
        int at = items.line(i) > 0 ? items.line(i) : line;
        new ManifestObject(items.get(i), at).addTo(objects);
      }
      return;
    }
    objects.add(this);
  }
}
