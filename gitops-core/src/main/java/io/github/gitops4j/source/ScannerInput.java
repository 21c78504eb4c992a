package io.github.gitops4j.source;

import java.io.Reader;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Gives SnakeYAML's scanner the whole text at once.
 *
 * <p>The scanner's own reader slides a window over the text and copies what is left of it each time
 * it needs more, which is quadratic in the length of a scalar. It also refuses a tab after a colon,
 * which YAML and Go's parser allow. Here the scanner looks at a copy of the text in which such tabs
 * are blanks, and takes the scalars from the text itself.
 *
 * <p>Positions count UTF-16 units. Confined to one read.
 */
final class ScannerInput extends StreamReader {
  private static final int[] NO_SNIPPET = new int[0];
  private static final String NO_NAME = "";

  private final char[] text;
  private final char[] look;
  private final int length;
  private int at;
  private int line;
  private int column;

  ScannerInput(SourceText source) {
    super(Reader.nullReader());
    this.text = source.chars();
    this.length = source.length();
    this.look = withoutInnerTabs(text, length);
  }

  /** Returns the text, which ends with a NUL. */
  char[] text() {
    return text;
  }

  @Override
  public Mark getMark() {
    return new Mark(NO_NAME, at, line, column, NO_SNIPPET, 0);
  }

  @Override
  public void forward() {
    step();
  }

  @Override
  public void forward(int count) {
    for (int i = 0; i < count; i++) {
      step();
    }
  }

  private void step() {
    if (at >= length) {
      return;
    }
    char c = look[at++];
    if (c >= ' ' && c < 0x80) {
      column++;
    } else if (isBreak(c) || (c == '\r' && look[at] != '\n')) {
      line++;
      column = 0;
    } else {
      column++;
    }
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  @Override
  public int peek() {
    return look[at];
  }

  @Override
  public int peek(int ahead) {
    int position = at + ahead;
    return position < length ? look[position] : '\0';
  }

  @Override
  public String prefix(int count) {
    return count == 0 ? "" : new String(text, at, Math.min(count, length - at));
  }

  /** The scanner never asks for a piece with a line break in it. */
  @Override
  public String prefixForward(int count) {
    if (count == 0) {
      return "";
    }
    String prefix = prefix(count);
    at += prefix.length();
    column += prefix.length();
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  /** The size was checked before, so the scanner's own limit never sees a large number. */
  @Override
  public int getDocumentIndex() {
    return 0;
  }

  @Override
  public int getIndex() {
    return at;
  }

  @Override
  public int getLine() {
    return line;
  }

  /**
   * Returns the text with a blank for each tab that separates two tokens of a line. Untouched are
   * tabs before the first token of a line and after an indicator that opens a block, where they
   * would count as indentation, and a tab behind a backslash, which is an escape.
   */
  private static char[] withoutInnerTabs(char[] text, int length) {
    char[] look = text;
    int first = -1;
    int last = -1;
    for (int i = 0; i < length; i++) {
      char c = text[i];
      if (c == '\n' || c == '\r') {
        first = -1;
        last = -1;
      } else if (c == '\t') {
        if (last >= 0 && text[i - 1] != '\\' && !opensBlock(text, first, last)) {
          look = look == text ? text.clone() : look;
          look[i] = ' ';
        }
      } else if (c != ' ') {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    return look;
  }

  private static boolean opensBlock(char[] text, int first, int last) {
    char c = text[last];
    if (last == first) {
      return c == '-' || c == '?' || c == ':';
    }
    return (c == '-' || c == '?') && (text[last - 1] == ' ' || text[last - 1] == '\t');
  }
}
