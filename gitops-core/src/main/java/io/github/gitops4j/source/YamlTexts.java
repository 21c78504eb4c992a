package io.github.gitops4j.source;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/** Finds the texts of a YAML file that get another value. Confined to one call. */
final class YamlTexts {
  private final String file;
  private final char[] text;
  private final ParserImpl parser;
  private final TextEdit.Rule rule;
  private final List<TextPlace> places = new ArrayList<>();

  private YamlTexts(String file, SourceText text, TextEdit.Rule rule) {
    this.file = file;
    this.text = text.chars();
    this.parser = new ParserImpl(new ScannerInput(text), new LoaderOptions());
    this.rule = rule;
  }

  /**
   * Looks in a text that was read as YAML before.
   *
   * @throws InvalidInputException if a text that gets another value is a block of lines
   */
  static List<TextPlace> find(String file, SourceText text, TextEdit.Rule rule) {
    YamlTexts texts = new YamlTexts(file, text, rule);
    texts.documents();
    return texts.places;
  }

  private void documents() {
    parser.getEvent();
    while (!(parser.getEvent() instanceof StreamEndEvent)) {
      node(parser.getEvent(), FieldPath.root());
      parser.getEvent();
    }
  }

  private void node(Event event, FieldPath path) {
    if (event instanceof ScalarEvent scalar) {
      scalar(scalar, path);
    } else if (event instanceof MappingStartEvent) {
      mapping(path);
    } else if (event instanceof SequenceStartEvent) {
      int item = 0;
      for (Event next = parser.getEvent();
          !(next instanceof SequenceEndEvent);
          next = parser.getEvent()) {
        node(next, path.index(item++));
      }
    }
  }

  /** A key stays; one that is no scalar is an alias, as others are refused. */
  private void mapping(FieldPath path) {
    for (Event key = parser.getEvent();
        !(key instanceof MappingEndEvent);
        key = parser.getEvent()) {
      String name = key instanceof ScalarEvent scalar ? scalar.getValue() : "";
      node(parser.getEvent(), path.field(name));
    }
  }

  private void scalar(ScalarEvent scalar, FieldPath path) {
    String value = scalar.getValue();
    if (scalar.isPlain() && !(YamlScalars.plain(value) instanceof Text)) {
      return;
    }
    Optional<String> other = rule.other(path, value).filter(found -> !found.equals(value));
    if (other.isPresent()) {
      int begin = behindProperties(scalar.getStartMark().getIndex());
      String written = written(scalar, other.get());
      places.add(new TextPlace(begin, scalar.getEndMark().getIndex(), written));
    }
  }

  private String written(ScalarEvent scalar, String other) {
    ScalarStyle style = scalar.getScalarStyle();
    if (style == ScalarStyle.PLAIN) {
      return TextPlace.plain(other);
    } else if (style == ScalarStyle.SINGLE_QUOTED) {
      return TextPlace.singleQuoted(other);
    } else if (style == ScalarStyle.DOUBLE_QUOTED) {
      return TextPlace.doubleQuoted(other);
    }
    Mark mark = scalar.getStartMark();
    throw new InvalidInputException(
        file,
        mark.getLine() + 1,
        mark.getColumn() + 1,
        "a text that is to be replaced is a block; write it in one line");
  }

  /** An anchor and a tag stand before the text that they are for. */
  private int behindProperties(int begin) {
    int at = begin;
    while (text[at] == '&' || text[at] == '!') {
      while (!isBlank(text[at])) {
        at++;
      }
      while (isBlank(text[at])) {
        at++;
      }
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
