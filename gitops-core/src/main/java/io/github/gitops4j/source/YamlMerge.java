package io.github.gitops4j.source;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import java.util.HashSet;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;

/**
 * Merge keys ({@code <<}) of one object. As in the reference, the order of writing decides: a field
 * behind the merge wins over it, and the merge wins over a field before it.
 */
final class YamlMerge {
  private final Mapping.Builder fields;
  private final Set<String> written = new HashSet<>();

  YamlMerge(Mapping.Builder fields) {
    this.fields = fields;
    written.addAll(fields.build().keys());
  }

  /** Adds a written field, or says that it was written before. */
  boolean put(String key, Value value, int line) {
    if (!written.add(key)) {
      return false;
    }
    fields.set(key, value, line);
    return true;
  }

  /** Adds what a merge key names: an object, or several, of which the first wins. */
  void add(Value source, Event event, int line, NodeBudget budget) {
    if (source instanceof Mapping mapping) {
      copy(mapping, line);
      return;
    }
    if (source instanceof Sequence sequence && !(event instanceof AliasEvent)) {
      for (int i = sequence.size() - 1; i >= 0; i--) {
        if (!(sequence.get(i) instanceof Mapping mapping)) {
          throw wrong(event, budget);
        }
        copy(mapping, line);
      }
      return;
    }
    throw wrong(event, budget);
  }

  private void copy(Mapping mapping, int line) {
    for (int i = 0; i < mapping.size(); i++) {
      fields.set(mapping.key(i), mapping.value(i), line);
    }
  }

  private static RuntimeException wrong(Event event, NodeBudget budget) {
    Mark mark = event.getStartMark();
    return budget.wrong(
        mark.getLine() + 1, mark.getColumn() + 1, "<< takes an object or a list of objects");
  }
}
