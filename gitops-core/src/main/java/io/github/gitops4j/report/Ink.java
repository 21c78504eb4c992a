package io.github.gitops4j.report;

/**
 * Whether text is coloured, by the escapes of ECMA-48 that every terminal knows.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public enum Ink {
  /** Text alone, for files, pipes and logs. */
  PLAIN,
  /** Colours for a terminal. */
  COLORED;

  /** What a word says; each has its colour. */
  enum Tone {
    GOOD("32"),
    CHANGE("33"),
    BAD("31"),
    QUIET("2"),
    TITLE("1");

    private final String code;

    Tone(String code) {
      this.code = code;
    }
  }

  String paint(Tone tone, String text) {
    return this == PLAIN ? text : "\u001b[" + tone.code + "m" + text + "\u001b[0m";
  }
}
