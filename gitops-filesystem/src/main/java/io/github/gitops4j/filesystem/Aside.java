package io.github.gitops4j.filesystem;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Names of files in the stage that were live and are not yet judged. The name says where it was, so
 * that the next session can put it into quarantine under its path.
 */
final class Aside {
  private static final String PREFIX = "withdrawn-";
  private static final int LONGEST = 200;

  private Aside() {}

  /** Returns a name for what is taken from a path; the number makes it unique in a session. */
  static Path in(Path stage, int number, String path) {
    String encoded = URLEncoder.encode(path, StandardCharsets.UTF_8);
    return stage.resolve(PREFIX + number + "-" + (encoded.length() > LONGEST ? "" : encoded));
  }

  /** Says whether a file in the stage is one of these. */
  static boolean is(Path file) {
    return String.valueOf(file.getFileName()).startsWith(PREFIX);
  }

  /** Returns the path from which a file was taken; its name in the stage if that was too long. */
  static String path(Path file) {
    String name = String.valueOf(file.getFileName());
    String encoded = name.substring(name.indexOf('-', PREFIX.length()) + 1);
    try {
      String path = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
      return PathRules.problem(path).isEmpty() ? path : name;
    } catch (IllegalArgumentException e) {
      return name;
    }
  }
}
