package io.github.gitops4j.application;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The template of a set with the parameters of one element: {@code ${name}} in it is what the
 * element says under that name. A parameter is a value and never text that is read as YAML.
 *
 * <p>Confined to one reading.
 */
final class Template {
  /** How much one application may be, in characters, whatever its parameters are. */
  private static final int LARGEST = 1 << 20;

  /** How many names a message shows. */
  private static final int SHOWN = 30;

  /** A parameter, a dollar sign that begins none, or what was meant to be one of them. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)*)\\}|(\\$\\{)|\\{)");

  private final String file;
  private final Element element;
  private final List<InvalidInputException> findings;
  private int room = LARGEST;

  private Template(String file, Element element, List<InvalidInputException> findings) {
    this.file = file;
    this.element = element;
    this.findings = findings;
  }

  /** Returns a template that is filled; what is wrong is added to the findings. */
  static Value filled(
      Mapping template, String file, Element element, List<InvalidInputException> findings) {
    return new Template(file, element, findings).filled(template);
  }

  private Value filled(Mapping mapping) {
    Mapping.Builder filled = Mapping.builder();
    for (int i = 0; i < mapping.size(); i++) {
      int line = mapping.line(i);
      filled.put(mapping.key(i), filled(mapping.value(i), line), line);
    }
    return filled.build();
  }

  private Value filled(Value value, int line) {
    if (value instanceof Mapping mapping) {
      return filled(mapping);
    } else if (value instanceof Sequence sequence) {
      Sequence.Builder filled = Sequence.builder();
      for (int i = 0; i < sequence.size(); i++) {
        filled.add(filled(sequence.get(i), sequence.line(i)), sequence.line(i));
      }
      return filled.build();
    }
    return value instanceof Text text ? filled(text.value(), line) : value;
  }

  /** A text that is a parameter and nothing else becomes a number or a flag if that is one. */
  private Value filled(String text, int line) {
    Matcher matcher = PARAMETER.matcher(text);
    if (matcher.matches() && matcher.group(1) != null) {
      return parameter(matcher.group(1), line);
    }
    matcher.reset();
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String value;
      if (matcher.group(1) != null) {
        value = scalar(parameter(matcher.group(1), line), matcher.group(1), line);
      } else if (matcher.group(2) != null) {
        value = "${";
      } else {
        wrong(line, "expected a parameter such as ${name}, or $${ for the text itself");
        value = "";
      }
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return Text.of(matcher.appendTail(filled).toString());
  }

  private Value parameter(String name, int line) {
    Optional<Value> value = at(element.values(), name).filter(given -> given != Null.INSTANCE);
    if (value.isEmpty()) {
      List<String> names = element.values().keys();
      String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
      wrong(
          line,
          "there is no parameter "
              + name
              + " in "
              + element.place()
              + ", which has "
              + names.subList(0, Math.min(SHOWN, names.size()))
              + more);
      return Text.of("");
    }
    int before = room;
    take(value.get(), name, line);
    if (room >= 0) {
      return value.get();
    } else if (before >= 0) {
      wrong(line, "expected an application of at most " + LARGEST + " characters");
    }
    return Text.of("");
  }

  /** Finds a name as a key, or with dots as the way through objects and lists. */
  private static Optional<Value> at(Value value, String name) {
    if (value instanceof Mapping mapping && mapping.indexOf(name) >= 0) {
      return mapping.get(name);
    }
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    Optional<Value> found = Optional.empty();
    if (value instanceof Mapping mapping) {
      found = mapping.get(first);
    } else if (value instanceof Sequence list && first.matches("[0-9]{1,6}")) {
      int position = Integer.parseInt(first);
      found = position < list.size() ? Optional.of(list.get(position)) : Optional.empty();
    }
    return dot < 0 ? found : found.flatMap(inner -> at(inner, name.substring(dot + 1)));
  }

  private void take(Value value, String name, int line) {
    room--;
    if (value instanceof Mapping mapping) {
      for (int i = 0; i < mapping.size() && room >= 0; i++) {
        room -= mapping.key(i).length();
        take(mapping.value(i), name, line);
      }
    } else if (value instanceof Sequence list) {
      for (int i = 0; i < list.size() && room >= 0; i++) {
        take(list.get(i), name, line);
      }
    } else if (value instanceof Text text) {
      room -= text.value().length();
      if (element.isFound() && Arrays.asList(text.value().split("[/\\\\]", -1)).contains("..")) {
        wrong(line, "the parameter " + name + " of " + element.place() + " goes up by ..");
      }
    }
  }

  private String scalar(Value value, String name, int line) {
    if (value instanceof Text text) {
      return text.value();
    } else if (value instanceof Numeral numeral) {
      return numeral.toBigDecimal().toPlainString();
    } else if (value instanceof Bool flag) {
      return Boolean.toString(flag.isTrue());
    }
    wrong(line, "the parameter " + name + " is not a text, a number or a flag");
    return "";
  }

  private void wrong(int line, String problem) {
    findings.add(new InvalidInputException(file, line, 0, problem));
  }
}
