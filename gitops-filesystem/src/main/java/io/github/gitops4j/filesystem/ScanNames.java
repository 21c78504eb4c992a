package io.github.gitops4j.filesystem;

import io.github.gitops4j.source.TreeEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a walk calls the files that it finds. This system may have no text for a name, as it is not
 * UTF-8 or the system's own encoding cannot say it.
 *
 * @param skipped names directly below the root that are not looked at
 * @param spellsAll whether what has no text is given as {@link TreeEntry#spelled}; else it is
 *     skipped, since nobody can declare it
 */
record ScanNames(Set<String> skipped, boolean spellsAll) {
  /** Names all files. */
  static ScanNames all(String... skipped) {
    return new ScanNames(Set.of(skipped), true);
  }

  /** Names what can be declared. */
  static ScanNames declarable(String... skipped) {
    return new ScanNames(Set.of(skipped), false);
  }

  /** Returns the name of what a directory holds, or nothing if it is skipped. */
  @Nullable String of(Path child, boolean isBelowRoot) {
    String name = String.valueOf(child.getFileName());
    if (isBelowRoot && skipped.contains(name)) {
      return null;
    } else if (isSpeakable(child, name)) {
      return name;
    }
    return spellsAll ? spelled(child) : null;
  }

  private static boolean isSpeakable(Path child, String name) {
    return name.indexOf(TreeEntry.UNDECODABLE) < 0 || child.equals(child.resolveSibling(name));
  }

  /** Returns where something is that has such a path. */
  static Path resolve(Path root, String path) throws IOException {
    if (path.indexOf(TreeEntry.UNDECODABLE) < 0) {
      try {
        return root.resolve(path);
      } catch (InvalidPathException e) {
        // Its name is UTF-8, and this system has it in another encoding.
      }
    }
    Path at = root;
    for (String name : path.split("/", -1)) {
      at = child(at, name);
    }
    return at;
  }

  private static Path child(Path directory, String name) throws IOException {
    try (DirectoryStream<Path> children = Files.newDirectoryStream(directory)) {
      for (Path child : children) {
        String plain = String.valueOf(child.getFileName());
        if (name.equals(isSpeakable(child, plain) ? plain : spelled(child))) {
          return child;
        }
      }
    }
    throw new NoSuchFileException(directory + "/" + name);
  }

  private static String spelled(Path child) {
    String path = child.toAbsolutePath().toUri().getRawPath();
    int end = path.endsWith("/") ? path.length() - 1 : path.length();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = path.lastIndexOf('/', end - 1) + 1; i < end; i++) {
      if (path.charAt(i) == '%') {
        bytes.write(Integer.parseInt(path, i + 1, i + 3, 16));
        i += 2;
      } else {
        bytes.write(path.charAt(i));
      }
    }
    return TreeEntry.spelled(bytes.toByteArray());
  }
}
