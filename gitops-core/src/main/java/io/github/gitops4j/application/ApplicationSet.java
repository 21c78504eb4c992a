package io.github.gitops4j.application;

import io.github.gitops4j.application.GeneratorSources.Look;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.TreeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Applications of one template: one for each element that is listed or that a generator finds.
 *
 * <p>Confined to one reading.
 */
final class ApplicationSet {
  static final String KIND = "ApplicationSet";

  private final String file;
  private final Reading reading;
  private final List<Element> listed = new ArrayList<>();
  private final List<Generator> generators = new ArrayList<>();

  private ApplicationSet(String file, Reading reading) {
    this.file = file;
    this.reading = reading;
  }

  /**
   * One application, as a document of its own would declare it.
   *
   * @param document what is declared of it
   * @param line where it is declared: of a set, where its element or its generators are
   * @param element what was found for it
   * @param findings what is wrong with it, to add to
   */
  record Declared(
      Document document,
      int line,
      Optional<Element> element,
      List<InvalidInputException> findings) {}

  /**
   * Returns the applications of a document; what is no set is one application.
   *
   * @param chooser reads which source a set looks into
   */
  static List<Declared> in(
      String file,
      DocumentPart part,
      Reading reading,
      Function<Settings, Backend.Opener<TreeSource>> chooser) {
    Value root = part.document().root();
    if (!(root instanceof Mapping mapping) || !mapping.text("kind").equals(Optional.of(KIND))) {
      return List.of(
          new Declared(part.document(), part.line(), Optional.empty(), reading.findings()));
    }
    return new ApplicationSet(file, reading).declared(mapping, part, chooser);
  }

  private List<Declared> declared(
      Mapping set, DocumentPart part, Function<Settings, Backend.Opener<TreeSource>> chooser) {
    List<InvalidInputException> findings = reading.findings();
    int before = findings.size();
    Settings top = Settings.of(file, set, part.line(), findings);
    top.expect("apiVersion", ApplicationReader.API_VERSION);
    top.text("kind");
    Settings metadata = top.child("metadata");
    metadata.text("name");
    metadata.done();
    Settings spec = top.child("spec");
    int limit = Math.min(spec.count("maxApplications").orElse(reading.limit()), reading.limit());
    Optional<Settings> source = spec.optionalChild("source");
    Backend.@Nullable Opener<TreeSource> opener = source.map(chooser).orElse(null);
    readGenerators(spec, part.index());
    if (source.isPresent() && generators.isEmpty()) {
      spec.wrong("source", "directories or files among the generators, which look into it");
    }
    Mapping template = spec.child("template").mapping();
    spec.done();
    top.done();
    if (findings.size() > before) {
      return List.of();
    }
    int line = generatorLine(spec);
    List<Element> elements = elements(spec, source, opener);
    if (elements.size() > limit) {
      reading.problem(
          new InvalidInputException(
              file,
              line,
              0,
              "expected at most " + limit + " applications of a set, not " + elements.size()));
      return List.of();
    }
    List<Declared> declared = new ArrayList<>();
    elements.forEach(element -> declared.add(filled(set, template, element, line)));
    return findings.size() > before ? List.of() : declared;
  }

  private static int generatorLine(Settings spec) {
    int index = spec.mapping().indexOf("generators");
    return index < 0 ? spec.line() : spec.mapping().line(index);
  }

  private Declared filled(Mapping set, Mapping template, Element element, int line) {
    List<InvalidInputException> findings =
        element.isFound() ? new ArrayList<>() : reading.findings();
    Document document =
        Document.of(application(set, Template.filled(template, file, element, findings)));
    return element.isFound()
        ? new Declared(document, line, Optional.of(element), findings)
        : new Declared(document, element.origin().line(), Optional.empty(), findings);
  }

  private void readGenerators(Settings spec, int document) {
    for (Settings generator : spec.mappings("generators")) {
      int kinds = 0;
      for (String kind : List.of("list", "directories", "files")) {
        Optional<Settings> chosen = generator.optionalChild(kind);
        kinds += chosen.isPresent() ? 1 : 0;
        chosen.ifPresent(settings -> readGenerator(kind, settings, document));
      }
      if (kinds != 1) {
        generator.wrong("", "exactly one of list, directories and files");
      }
      generator.done();
    }
    if (listed.isEmpty() && generators.isEmpty()) {
      spec.wrong("generators", "at least one element; no set takes all its applications away");
    }
  }

  private void readGenerator(String kind, Settings settings, int document) {
    if (kind.equals("directories")) {
      generators.add(Generator.directories(settings));
    } else if (kind.equals("files")) {
      generators.add(Generator.files(settings));
    } else {
      for (Settings each : settings.mappings("elements")) {
        Origin origin = new Origin(file, document, each.line());
        listed.add(new Element(each.mapping(), origin, false));
      }
      settings.done();
    }
  }

  /** What one generator cannot find leaves out only its own elements. */
  private List<Element> elements(
      Settings spec, Optional<Settings> source, Backend.@Nullable Opener<TreeSource> opener) {
    List<Element> elements = new ArrayList<>(listed);
    if (generators.isEmpty()) {
      return elements;
    }
    try {
      Look look =
          source.isPresent() && opener != null
              ? reading.sources().named(source.get(), opener)
              : reading.sources().own(spec);
      for (Generator generator : generators) {
        elements.addAll(found(generator, look));
      }
    } catch (InvalidInputException e) {
      reading.problem(e);
    }
    return elements;
  }

  private List<Element> found(Generator generator, Look look) {
    try {
      return generator.elements(look, reading);
    } catch (InvalidInputException e) {
      reading.problem(e);
    } catch (RuntimeException e) {
      reading.problem(generator.failed(e));
    }
    return List.of();
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
}
