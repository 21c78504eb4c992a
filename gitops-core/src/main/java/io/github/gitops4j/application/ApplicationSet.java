package io.github.gitops4j.application;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.DocumentPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Applications of one template: {@code ${name}} in it is what each element says under that name.
 *
 * <p>Confined to one reading.
 */
final class ApplicationSet {
  static final String KIND = "ApplicationSet";

  /** A parameter, a dollar sign that begins none, or what was meant to be one of them. */
  private static final Pattern PARAMETER =
      Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_-]*)\\}|(\\$\\{)|\\{)");

  private final String file;
  private final Settings element;
  private final List<InvalidInputException> findings;

  private ApplicationSet(String file, Settings element, List<InvalidInputException> findings) {
    this.file = file;
    this.element = element;
    this.findings = findings;
  }

  /**
   * One application, as a document of its own would declare it.
   *
   * @param document what is declared of it
   * @param line where it is declared: of a set, where its element is
   */
  record Declared(Document document, int line) {}

  /** Returns the applications of a document; what is no set is one application. */
  static List<Declared> in(String file, DocumentPart part, List<InvalidInputException> findings) {
    Value root = part.document().root();
    if (!(root instanceof Mapping mapping) || !mapping.text("kind").equals(Optional.of(KIND))) {
      return List.of(new Declared(part.document(), part.line()));
    }
    int before = findings.size();
    Settings top = Settings.of(file, root, part.line(), findings);
    top.expect("apiVersion", ApplicationReader.API_VERSION);
    top.text("kind");
    Settings metadata = top.child("metadata");
    metadata.text("name");
    metadata.done();
    Settings spec = top.child("spec");
    List<Settings> elements = elements(spec);
    Settings template = spec.child("template");
    spec.done();
    top.done();
    List<Declared> declared = new ArrayList<>();
    for (Settings element : elements) {
      Value filled = new ApplicationSet(file, element, findings).filled(template.mapping());
      declared.add(new Declared(Document.of(application(mapping, filled)), element.line()));
    }
    return findings.size() > before ? List.of() : declared;
  }

  private static List<Settings> elements(Settings spec) {
    List<Settings> elements = new ArrayList<>();
    for (Settings generator : spec.mappings("generators")) {
      Settings list = generator.child("list");
      elements.addAll(list.mappings("elements"));
      list.done();
      generator.done();
    }
    if (elements.isEmpty()) {
      spec.wrong("generators", "at least one element; no set takes all its applications away");
    }
    return elements;
  }

  private static Mapping application(Mapping set, Value template) {
    Mapping.Builder application =
        Mapping.builder()
            .put("apiVersion", Text.of(ApplicationReader.API_VERSION), set.line(0))
            .put("kind", Text.of("Application"), set.line(0));
    if (template instanceof Mapping parts) {
      for (int i = 0; i < parts.size(); i++) {
        application.putIfAbsent(parts.key(i), parts.value(i), parts.line(i));
      }
    }
    return application.build();
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
    Optional<Value> value = element.mapping().get(name).filter(given -> given != Null.INSTANCE);
    if (value.isEmpty()) {
      wrong(
          line,
          "there is no parameter "
              + name
              + " in the element of line "
              + element.line()
              + ", which has "
              + element.keys());
    }
    return value.orElseGet(() -> Text.of(""));
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
