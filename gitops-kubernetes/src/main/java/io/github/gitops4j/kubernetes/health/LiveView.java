package io.github.gitops4j.kubernetes.health;

import io.github.gitops4j.health.HealthReport;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A live object, or a part of one, as a rule reads it: what has not its type is not there. */
final class LiveView {
  private final Mapping root;

  private LiveView(Mapping root) {
    this.root = root;
  }

  static LiveView of(Document live) {
    return of(live.root());
  }

  static LiveView of(Value part) {
    return new LiveView(part instanceof Mapping mapping ? mapping : Mapping.empty());
  }

  private Optional<Value> at(String... path) {
    Optional<Value> found = Optional.of(root);
    for (String field : path) {
      found =
          found.flatMap(
              value -> value instanceof Mapping inner ? inner.get(field) : Optional.empty());
    }
    return found.filter(value -> !(value instanceof Null));
  }

  boolean has(String... path) {
    return at(path).isPresent();
  }

  /** Says whether there is an object or a list with anything in it. */
  boolean hasAnyIn(String... path) {
    Value value = at(path).orElse(Null.INSTANCE);
    return (value instanceof Mapping mapping && mapping.size() > 0)
        || (value instanceof Sequence sequence && sequence.size() > 0);
  }

  /** Returns a text, empty if there is none. */
  String text(String... path) {
    return at(path).orElse(null) instanceof Text text ? text.value() : "";
  }

  String annotation(String name) {
    return text("metadata", "annotations", name);
  }

  OptionalLong number(String... path) {
    return at(path).orElse(null) instanceof Numeral number ? number.asLong() : OptionalLong.empty();
  }

  /** Returns a number, 0 if there is none. */
  long count(String... path) {
    return number(path).orElse(0);
  }

  boolean isTrue(String... path) {
    return at(path).orElse(null) == Bool.TRUE;
  }

  /** Returns the moment that a text names, if it does. */
  Optional<Instant> time(String... path) {
    try {
      return Optional.of(Instant.parse(text(path)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  List<LiveView> items(String... path) {
    List<LiveView> items = new ArrayList<>();
    if (at(path).orElse(null) instanceof Sequence sequence) {
      for (int i = 0; i < sequence.size(); i++) {
        items.add(of(sequence.get(i)));
      }
    }
    return items;
  }

  Conditions conditions() {
    return new Conditions(items("status", "conditions"));
  }

  OptionalLong generation() {
    return number("metadata", "generation");
  }

  /** Returns the report of an object whose status is of another generation. */
  Optional<HealthReport> unobserved() {
    OptionalLong generation = generation();
    OptionalLong observed = number("status", "observedGeneration");
    if (generation.isEmpty() || observed.isEmpty() || generation.equals(observed)) {
      return Optional.empty();
    }
    return Optional.of(
        HealthReport.progressing("generation " + generation.getAsLong() + " is not observed yet"));
  }

  /** Returns the report of an object that no controller has looked at. */
  Optional<HealthReport> neverObserved() {
    return count("status", "observedGeneration") > 0
        ? Optional.empty()
        : Optional.of(HealthReport.progressing("no controller has observed it yet"));
  }
}
