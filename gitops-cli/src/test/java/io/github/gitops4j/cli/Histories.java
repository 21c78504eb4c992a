package io.github.gitops4j.cli;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The histories of all applications, as {@code gitops history --output json} gives them. */
final class Histories {
  private final Mapping root;

  Histories(String json) {
    Document document =
        YamlReader.create()
            .read("history.json", json.getBytes(StandardCharsets.UTF_8))
            .get(0)
            .document();
    this.root = (Mapping) document.root();
  }

  /** Returns what is wrong with them: a link that is missing, or an operation that never ended. */
  List<String> wrong() {
    List<String> wrong = new ArrayList<>();
    for (Mapping item : mappings(root, "items")) {
      String application = item.text("application").orElseThrow();
      wrong(application, mappings(item, "history"), wrong);
    }
    return wrong;
  }

  private static void wrong(String application, List<Mapping> records, List<String> wrong) {
    if (records.isEmpty()) {
      wrong.add(application + " has no history");
    }
    Map<String, Integer> operations = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      Mapping record = records.get(i);
      long sequence = ((Numeral) record.get("sequence").orElseThrow()).asLong().orElseThrow();
      if (sequence != records.size() - i) {
        wrong.add(application + " has record " + sequence + " as its " + (records.size() - i));
      }
      if (i + 1 < records.size()
          && !record.text("previous").equals(records.get(i + 1).text("digest"))) {
        wrong.add(application + "#" + sequence + " does not follow the one before");
      }
      Mapping event = (Mapping) record.get("event").orElseThrow();
      String type = event.text("type").orElseThrow();
      if (type.equals("began") || type.equals("ended")) {
        operations.merge(
            event.text("operation").orElseThrow(), type.equals("began") ? 1 : -1, Integer::sum);
      }
    }
    operations.forEach(
        (operation, open) -> {
          if (open != 0) {
            wrong.add(application + ": operation " + operation + " began and ended " + open);
          }
        });
  }

  private static List<Mapping> mappings(Mapping mapping, String key) {
    Sequence sequence = (Sequence) mapping.get(key).orElseThrow();
    List<Mapping> mappings = new ArrayList<>();
    for (int i = 0; i < sequence.size(); i++) {
      mappings.add((Mapping) sequence.get(i));
    }
    return mappings;
  }
}
