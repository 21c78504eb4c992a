package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * A path whose segments are written to tree objects as they are: {@code ..}, {@code .GIT}, a name
 * with a slash or a newline in it, the empty name.
 *
 * <p>Every segment but the last names a directory. Immutable.
 *
 * @since 0.1.0
 */
public final class RawPath {
  private final List<String> names;

  private RawPath(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("raw path: no segment given");
    }
    for (String name : names) {
      if (name.indexOf('\0') >= 0) {
        throw new IllegalArgumentException("raw path: a NUL ends a name in a tree object");
      }
    }
    this.names = List.copyOf(names);
  }

  /**
   * Make a path of names that are written in UTF-8.
   *
   * @param segments the names, from the root down; none holds a NUL
   * @return the path
   */
  public static RawPath of(String... segments) {
    List<String> names = new ArrayList<>(segments.length);
    for (String segment : segments) {
      names.add(byteName(requireNonNull(segment, "segment")));
    }
    return new RawPath(names);
  }

  /**
   * Make a path of names that are any bytes, such as bytes that are no UTF-8.
   *
   * @param segments the names, from the root down; none holds a NUL
   * @return the path
   */
  public static RawPath ofBytes(byte[]... segments) {
    List<String> names = new ArrayList<>(segments.length);
    for (byte[] segment : segments) {
      names.add(new String(requireNonNull(segment, "segment"), ISO_8859_1));
    }
    return new RawPath(names);
  }

  /** One char per byte: the form in which the tree classes keep names. */
  static String byteName(String name) {
    return new String(name.getBytes(UTF_8), ISO_8859_1);
  }

  List<String> directories() {
    return names.subList(0, names.size() - 1);
  }

  String leaf() {
    return names.get(names.size() - 1);
  }
}
