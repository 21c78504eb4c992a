package io.github.gitops4j.kubernetes.cel;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads what a server would have checked already: what is of another type is not there. */
final class Parts {
  private Parts() {}

  static Mapping root(Document document) {
    return document.root() instanceof Mapping root ? root : Mapping.empty();
  }

  static Mapping part(Mapping of, String... names) {
    Mapping part = of;
    for (String name : names) {
      part = part.get(name).orElse(null) instanceof Mapping below ? below : Mapping.empty();
    }
    return part;
  }

  static List<Mapping> parts(Mapping of, String name) {
    return items(of, name, item -> item instanceof Mapping part ? Stream.of(part) : Stream.empty());
  }

  static List<String> texts(Mapping of, String name) {
    return items(
        of, name, item -> item instanceof Text text ? Stream.of(text.value()) : Stream.empty());
  }

  private static <T> List<T> items(Mapping of, String name, Function<Value, Stream<T>> each) {
    List<T> found = new ArrayList<>();
    if (of.get(name).orElse(null) instanceof Sequence items) {
      for (int i = 0; i < items.size(); i++) {
        each.apply(items.get(i)).forEach(found::add);
      }
    }
    return found;
  }

  static Map<String, String> labels(Document document) {
    Mapping labels = part(root(document), "metadata", "labels");
    Map<String, String> found = new TreeMap<>();
    labels.keys().forEach(key -> labels.text(key).ifPresent(value -> found.put(key, value)));
    return found;
  }
}
