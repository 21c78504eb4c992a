package io.github.gitops4j.filesystem;

import io.github.gitops4j.source.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which names a repository may give to files. Says what is wrong with a name, in words. */
final class PathRules {
  static final String STATE_DIRECTORY = ".gitops";

  private static final int MAX_NAME = 255;
  private static final int MAX_PATH = 4095;
  private static final Set<String> DEVICES =
      Set.of("con", "prn", "aux", "nul", "conin$", "conout$");

  private PathRules() {}

  /** Returns the directory of a path; the root's is empty. */
  static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** Returns what is wrong with a path, if anything is. */
  static Optional<String> problem(String path) {
    if (path.isEmpty()) {
      return Optional.of("an empty path");
    }
    if (path.getBytes(StandardCharsets.UTF_8).length > MAX_PATH) {
      return Optional.of("a path of more than " + MAX_PATH + " bytes");
    }
    for (String name : path.split("/", -1)) {
      Optional<String> problem = nameProblem(name);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> nameProblem(String name) {
    if (name.isEmpty()) {
      return Optional.of("an empty or absolute part");
    } else if (name.equals(".") || name.equals("..")) {
      return Optional.of("the part " + name);
    } else if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
      return Optional.of("a name of more than " + MAX_NAME + " bytes");
    } else if (hasForbiddenCharacter(name)) {
      return Optional.of("a control character, backslash or colon in a name");
    } else if (name.indexOf(TreeEntry.UNDECODABLE) >= 0 || hasLoneSurrogate(name)) {
      return Optional.of("a name that is not UTF-8");
    }
    return reserved(name);
  }

  private static Optional<String> reserved(String name) {
    String folded = fold(name);
    String bare = stripTail(folded);
    if (bare.equals(".git") || bare.startsWith("git~")) {
      return Optional.of("a name that can be taken for .git");
    } else if (bare.equals(STATE_DIRECTORY)) {
      return Optional.of("a name that can be taken for the state directory .gitops");
    } else if (!bare.equals(folded)) {
      return Optional.of("a name that ends with a dot or a space");
    }
    int dot = bare.indexOf('.');
    String device = dot < 0 ? bare : bare.substring(0, dot);
    if (DEVICES.contains(device) || device.matches("(com|lpt)[0-9]")) {
      return Optional.of("the name of a device");
    }
    return Optional.empty();
  }

  /** Returns a name as a file system that ignores case and Unicode form would see it. */
  static String fold(String name) {
    String visible = name;
    if (!isAscii(name)) {
      visible = Normalizer.normalize(name, Normalizer.Form.NFC).replaceAll("\\p{Cf}", "");
    }
    return visible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 128) {
        return false;
      }
    }
    return true;
  }

  private static String stripTail(String name) {
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || name.charAt(end - 1) == ' ')) {
      end--;
    }
    return name.substring(0, end);
  }

  private static boolean hasForbiddenCharacter(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isISOControl(c) || c == '\\' || c == ':') {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLoneSurrogate(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (Character.isSurrogate(name.charAt(i)) && !isPaired(name, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isPaired(String name, int i) {
    char c = name.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1));
    }
    return i > 0 && Character.isHighSurrogate(name.charAt(i - 1));
  }
}
