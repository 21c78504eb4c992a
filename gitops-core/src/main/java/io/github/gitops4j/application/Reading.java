package io.github.gitops4j.application;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the reading of files has found so far.
 *
 * <p>Confined to one thread.
 */
final class Reading {
  /** How many things a message each is said for; a template is wrong for every element of it. */
  private static final int SHOWN = 20;

  private final GeneratorSources sources;
  private final int limit;
  private final List<InvalidInputException> findings = new ArrayList<>();
  private final List<InvalidInputException> problems = new ArrayList<>();
  private final Map<String, ApplicationSpec> named = new LinkedHashMap<>();
  private final Set<String> contested = new HashSet<>();
  private final Set<String> broken = new HashSet<>();
  private boolean isEmptyAllowed;
  private boolean looksElsewhere;

  Reading(GeneratorSources sources, int limit) {
    this.sources = sources;
    this.limit = limit;
  }

  /** Returns where generators look, for one that does. */
  GeneratorSources sources() {
    looksElsewhere = true;
    return sources;
  }

  /** Returns how many applications one set may make. */
  int limit() {
    return limit;
  }

  /** Returns what is wrong in the files themselves, to add to. */
  List<InvalidInputException> findings() {
    return findings;
  }

  /** Adds what is wrong with a set, while the file goes on. */
  void problem(InvalidInputException problem) {
    problems.add(problem);
  }

  /** Adds what is wrong with one element that was found, while the others go on. */
  void broken(Element element, List<InvalidInputException> wrong) {
    for (InvalidInputException each : wrong) {
      String of = " (for " + element.place() + ")";
      problems.add(
          String.valueOf(each.getMessage()).contains(element.origin().file())
              ? each
              : said(each, of));
    }
    broken.add(element.origin().file());
  }

  private static InvalidInputException said(InvalidInputException finding, String more) {
    String place = finding.file() + (finding.line() > 0 ? ":" + finding.line() : "") + ": ";
    String message = String.valueOf(finding.getMessage());
    String problem = message.startsWith(place) ? message.substring(place.length()) : message;
    return new InvalidInputException(
        finding.category(), finding.file(), finding.line(), 0, problem + more);
  }

  /** Notes that a set says itself that it may make nothing. */
  void allowEmpty() {
    isEmptyAllowed = true;
  }

  /**
   * Adds an application. If two that were found have one name, none of them is right: which one is
   * meant, nobody can tell.
   */
  void add(ApplicationSpec spec) {
    ApplicationSpec before = named.putIfAbsent(spec.name(), spec);
    if (before == null || spec.name().isEmpty()) {
      return;
    }
    InvalidInputException taken = before.nameIsTaken(spec);
    if (before.element().isEmpty() && spec.element().isEmpty()) {
      findings.add(taken);
      return;
    }
    problems.add(taken);
    contested.add(spec.name());
    if (spec.element().isEmpty()) {
      named.put(spec.name(), spec);
    }
  }

  /** Returns all applications, or throws the first thing that is wrong. */
  List<ApplicationSpec> whole(String files) {
    if (named.isEmpty() && findings.isEmpty() && problems.isEmpty() && !isEmptyAllowed) {
      findings.add(new InvalidInputException(files, 0, 0, "expected an application; it is empty"));
    }
    List<InvalidInputException> wrong = new ArrayList<>(findings);
    wrong.addAll(problems);
    InvalidInputException.throwFirst(wrong);
    return List.copyOf(named.values());
  }

  /** Returns what a file declares as far as it is right. */
  DeclaredFile declared(String file) {
    if (!findings.isEmpty()) {
      return new DeclaredFile(List.of(), failures(findings), Set.of(), false, looksElsewhere);
    } else if (named.isEmpty() && problems.isEmpty() && !isEmptyAllowed) {
      findings.add(new InvalidInputException(file, 0, 0, "expected an application; it is empty"));
      return new DeclaredFile(List.of(), failures(findings), Set.of(), false, looksElsewhere);
    }
    List<ApplicationSpec> specs =
        named.values().stream()
            .filter(spec -> spec.element().isEmpty() || !contested.contains(spec.name()))
            .toList();
    return new DeclaredFile(specs, failures(problems), broken, isEmptyAllowed, looksElsewhere);
  }

  private static List<Failure> failures(List<InvalidInputException> wrong) {
    List<Failure> failures = new ArrayList<>();
    wrong.stream().limit(SHOWN).forEach(finding -> failures.add(finding.failure()));
    if (wrong.size() > SHOWN) {
      InvalidInputException next = wrong.get(SHOWN);
      failures.add(said(next, "; and " + (wrong.size() - SHOWN - 1) + " more findings").failure());
    }
    return failures;
  }
}
