package io.github.gitops4j.report;

import io.github.gitops4j.source.Revision;

/** How things are called in front of people. */
final class Names {
  private static final int ABBREVIATED = 12;
  private static final int DIGITS = 40;

  private Names() {}

  /** A ref without its prefix and an id cut short, as Git shows them. */
  static String revision(Revision revision) {
    String id = id(revision.id());
    String ref = revision.ref().replaceFirst("^refs/(heads|tags)/", "");
    return ref.isEmpty() ? id : ref + "@" + id;
  }

  private static String id(String id) {
    boolean hash = id.length() >= DIGITS && id.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    return hash ? id.substring(0, ABBREVIATED) : id;
  }
}
