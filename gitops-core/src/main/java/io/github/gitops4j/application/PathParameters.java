package io.github.gitops4j.application;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import java.util.Locale;

/** What a template can say of the place at which a generator found something. */
final class PathParameters {
  static final String PATH = "path";

  private static final int LONGEST = 63;

  private PathParameters() {}

  /** Adds a directory: its path, the parts of that, and its own name. The root has none of them. */
  static void directory(String path, Mapping.Builder parameters) {
    if (path.isEmpty()) {
      return;
    }
    parameters.put(PATH, Text.of(path));
    String[] parts = path.split("/", -1);
    for (int i = 0; i < parts.length; i++) {
      parameters.put(PATH + "." + i, Text.of(parts[i]));
    }
    String name = parts[parts.length - 1];
    parameters.put("path.basename", Text.of(name));
    String normalized = normalized(name);
    if (!normalized.isEmpty()) {
      parameters.put("path.basenameNormalized", Text.of(normalized));
    }
  }

  /** Adds a file: its path, its name, and its directory. */
  static void file(String path, Mapping.Builder parameters) {
    int slash = path.lastIndexOf('/');
    directory(slash < 0 ? "" : path.substring(0, slash), parameters);
    parameters.put("path.file", Text.of(path));
    parameters.put("path.filename", Text.of(path.substring(slash + 1)));
  }

  /** Returns a name as a label of DNS: small letters, digits and single hyphens between them. */
  static String normalized(String name) {
    String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = trimmed(plain);
    return trimmed(cut.substring(0, Math.min(LONGEST, cut.length())));
  }

  private static String trimmed(String text) {
    int begin = text.startsWith("-") ? 1 : 0;
    int end = text.endsWith("-") ? text.length() - 1 : text.length();
    return begin >= end ? "" : text.substring(begin, end);
  }
}
