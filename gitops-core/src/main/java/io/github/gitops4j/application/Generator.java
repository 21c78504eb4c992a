package io.github.gitops4j.application;

import io.github.gitops4j.application.GeneratorSources.Look;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.PathPatterns;
import io.github.gitops4j.source.TreeEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What looks for the elements of a set in a source.
 *
 * <p>Confined to one reading.
 */
final class Generator {
  private final Settings settings;
  private final PathPatterns patterns;
  private final boolean isEmptyAllowed;
  private final boolean isForFiles;

  private Generator(
      Settings settings, PathPatterns patterns, boolean isEmptyAllowed, boolean isForFiles) {
    this.settings = settings;
    this.patterns = patterns;
    this.isEmptyAllowed = isEmptyAllowed;
    this.isForFiles = isForFiles;
  }

  /** Reads what finds directories: each is an element. */
  static Generator directories(Settings settings) {
    return read(settings, false);
  }

  /** Reads what finds files: each declares elements. */
  static Generator files(Settings settings) {
    return read(settings, true);
  }

  private static Generator read(Settings settings, boolean isForFiles) {
    List<String> paths = settings.texts("paths");
    if (paths.isEmpty()) {
      settings.wrong("paths", "at least one pattern such as envs/*");
    }
    PathPatterns patterns =
        PathPatterns.of(checked(settings, "paths", paths), checked(settings, "exclude"));
    boolean isEmptyAllowed = settings.flag("allowEmpty", false);
    settings.done();
    return new Generator(settings, patterns, isEmptyAllowed, isForFiles);
  }

  private static List<String> checked(Settings settings, String key) {
    return checked(settings, key, settings.texts(key));
  }

  private static List<String> checked(Settings settings, String key, List<String> patterns) {
    try {
      PathPatterns.of(patterns, List.of());
      return patterns;
    } catch (IllegalArgumentException e) {
      settings.wrong(key, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  /**
   * Returns the elements, in the order of their paths.
   *
   * @throws InvalidInputException if there are too many, or none at all although that is not
   *     allowed
   */
  List<Element> elements(Look look, Reading reading) {
    List<Element> elements = new ArrayList<>();
    boolean isWhole = true;
    if (isForFiles) {
      ParameterFiles files = new ParameterFiles(look, reading);
      files(look, reading.limit()).values().forEach(file -> files.read(file, elements::add));
      isWhole = files.isWhole();
    } else {
      directories(look, reading.limit()).forEach(path -> elements.add(element(look, path)));
    }
    if (elements.isEmpty() && isWhole) {
      if (!isEmptyAllowed) {
        throw wrong(
            "nothing in "
                + look.id()
                + " matches, and what there is stays; allowEmpty: true lets it go");
      }
      reading.allowEmpty();
    }
    return elements;
  }

  private static Element element(Look look, String path) {
    Mapping.Builder parameters = Mapping.builder();
    PathParameters.directory(path, parameters);
    return new Element(parameters.build(), Origin.file(look.name(path)), true);
  }

  private SortedMap<String, TreeEntry> files(Look look, int limit) {
    SortedMap<String, TreeEntry> files = new TreeMap<>();
    each(
        look,
        entry -> {
          if (files.size() <= limit && patterns.take(entry.path())) {
            files.put(entry.path(), entry);
          }
        });
    checkSize(files.size(), limit);
    return files;
  }

  private SortedSet<String> directories(Look look, int limit) {
    SortedSet<String> directories = new TreeSet<>();
    String[] before = {""};
    each(
        look,
        entry -> {
          String path = entry.path();
          int end = path.lastIndexOf('/');
          // Files of one directory follow each other: most ask for what was asked just now.
          if (end <= 0 || path.substring(0, end).equals(before[0])) {
            return;
          }
          before[0] = path.substring(0, end);
          for (int at = end;
              at > 0 && directories.size() <= limit;
              at = path.lastIndexOf('/', at - 1)) {
            String directory = path.substring(0, at);
            if (patterns.take(directory)) {
              directories.add(directory);
            }
          }
        });
    checkSize(directories.size(), limit);
    return directories;
  }

  private static void each(Look look, Consumer<TreeEntry> visitor) {
    look.call().checkActive("look for elements");
    look.tree().forEach(visitor, look.call());
  }

  private void checkSize(int found, int limit) {
    if (found > limit) {
      throw wrong("expected at most " + limit + " matches in a set");
    }
  }

  /** Returns what to say of a source that failed while it was looked into. */
  InvalidInputException failed(RuntimeException e) {
    Failure failure = Failure.from(e);
    InvalidInputException failed = wrong(failure.category(), failure.message());
    failed.addSuppressed(e);
    return failed;
  }

  private InvalidInputException wrong(String problem) {
    return wrong(FailureCategory.INVALID_INPUT, problem);
  }

  private InvalidInputException wrong(FailureCategory category, String problem) {
    String what = isForFiles ? "files" : "directories";
    return new InvalidInputException(
        category, settings.file(), settings.line(), 0, what + ": " + problem);
  }
}
