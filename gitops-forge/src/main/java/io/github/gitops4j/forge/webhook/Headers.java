package io.github.gitops4j.forge.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The headers of a request; their names have no case. Immutable. */
final class Headers {
  private final Map<String, List<String>> values = new TreeMap<>();

  private Headers() {}

  static Headers of(Map<String, List<String>> headers) {
    Headers copy = new Headers();
    headers.forEach(
        (name, given) -> {
          // The lists of some servers hold nulls, and so do their names for the status line.
          if (name != null && given != null) {
            List<String> all =
                copy.values.computeIfAbsent(
                    name.strip().toLowerCase(Locale.ROOT), any -> new ArrayList<>());
            given.stream().filter(each -> each != null).map(String::strip).forEach(all::add);
          }
        });
    return copy;
  }

  boolean has(String name) {
    return !all(name).isEmpty();
  }

  /** Returns the value of a header; empty if there is none, or more than one. */
  String value(String name) {
    List<String> all = all(name);
    return all.size() == 1 ? all.get(0) : "";
  }

  private List<String> all(String name) {
    return values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
  }
}
