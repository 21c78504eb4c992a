package io.github.gitops4j.error;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A file that somebody wrote is wrong at a known place.
 *
 * <p>The message is {@code file:line:column: what was wrong}. Lines and columns count from 1; 0
 * means "the whole file".
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class InvalidInputException extends GitOpsException {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int line;
  private final int column;

  /** Creates the exception for a place in a file. */
  public InvalidInputException(
      FailureCategory category, String file, int line, int column, String problem) {
    super(Failure.of(category, place(file, line, column) + ": " + problem));
    this.file = file;
    this.line = line;
    this.column = column;
  }

  /** Creates the exception for a place in a file, as {@link FailureCategory#INVALID_INPUT}. */
  public InvalidInputException(String file, int line, int column, String problem) {
    this(FailureCategory.INVALID_INPUT, file, line, column, problem);
  }

  /** Throws the first of some findings, with the others suppressed; does nothing without any. */
  public static void throwFirst(List<InvalidInputException> findings) {
    if (!findings.isEmpty()) {
      InvalidInputException first = findings.get(0);
      findings.stream().skip(1).forEach(first::addSuppressed);
      throw first;
    }
  }

  /** Returns the file as it was named to the reader. */
  public String file() {
    return file;
  }

  /** Returns the line, from 1, or 0 for the whole file. */
  public int line() {
    return line;
  }

  /** Returns the column, from 1, or 0 if unknown. */
  public int column() {
    return column;
  }

  private static String place(String file, int line, int column) {
    String name = OneLine.of(requireNonNull(file, "file"));
    if (line <= 0) {
      return name;
    }
    return column <= 0 ? name + ":" + line : name + ":" + line + ":" + column;
  }
}
