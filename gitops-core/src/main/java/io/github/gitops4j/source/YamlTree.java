package io.github.gitops4j.source;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.events.StreamEndEvent;
import org.yaml.snakeyaml.parser.ParserImpl;

/** Builds our trees from SnakeYAML's events. Confined to one read. */
final class YamlTree {
  private final String file;
  private final ScannerInput input;
  private final ParserImpl parser;
  private final NodeBudget budget;
  private final YamlAnchors anchors;
  private final YamlKeys keys;
  private final Consumer<InputWarning> warnings;
  private int index;

  private YamlTree(
      String file, SourceText text, DocumentLimits limits, Consumer<InputWarning> warnings) {
    this.file = file;
    this.warnings = warnings;
    this.input = new ScannerInput(text);
    this.parser = new ParserImpl(input, new LoaderOptions());
    this.budget = new NodeBudget(file, limits);
    this.anchors = new YamlAnchors(budget);
    this.keys = new YamlKeys(budget);
  }

  static List<DocumentPart> read(
      String file, byte[] bytes, DocumentLimits limits, Consumer<InputWarning> warnings) {
    return new YamlTree(file, SourceText.decode(file, bytes), limits, warnings).documents();
  }

  private List<DocumentPart> documents() {
    List<DocumentPart> parts = new ArrayList<>();
    next();
    for (; ; index++) {
      Event start = next();
      if (start instanceof StreamEndEvent) {
        return parts;
      }
      YamlDirectives.check(input.text(), (DocumentStartEvent) start, budget);
      anchors.clear();
      Event first = next();
      Value root = node(first, 1);
      next();
      if (root != Null.INSTANCE) {
        parts.add(new DocumentPart(index, line(first), Document.of(root)));
      }
    }
  }

  private Value node(Event event, int depth) {
    if (event instanceof AliasEvent alias) {
      return anchors.expand(alias, depth);
    }
    Mark mark = event.getStartMark();
    budget.take(1, mark.getLine() + 1, mark.getColumn() + 1);
    String anchor = ((NodeEvent) event).getAnchor();
    if (anchor == null) {
      return content(event, depth);
    }
    YamlAnchors.Open open = anchors.open(anchor, depth);
    Value value = content(event, depth);
    anchors.close(open, value);
    return value;
  }

  private Value content(Event event, int depth) {
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    Mark mark = event.getStartMark();
    budget.checkDepth(depth, mark.getLine() + 1, mark.getColumn() + 1);
    anchors.reach(depth);
    return event instanceof MappingStartEvent ? mapping(depth) : sequence(event, depth);
  }

  private Value sequence(Event start, int depth) {
    if (!(start instanceof SequenceStartEvent)) {
      throw new AssertionError(start.getClass());
    }
    Sequence.Builder items = Sequence.builder();
    Event event = next();
    while (!(event instanceof SequenceEndEvent)) {
      items.add(node(event, depth + 1), line(event));
      event = next();
    }
    return items.build();
  }

  private Value mapping(int depth) {
    Mapping.Builder fields = Mapping.builder();
    @Nullable YamlMerge merge = null;
    Event event = next();
    while (!(event instanceof MappingEndEvent)) {
      if (YamlKeys.isMerge(event)) {
        merge = merge == null ? new YamlMerge(fields) : merge;
        Event source = next();
        merge.add(node(source, depth + 1), source, line(event), budget);
      } else {
        String key = key(event, depth);
        Value value = node(next(), depth + 1);
        boolean added =
            merge == null
                ? fields.putIfAbsent(key, value, line(event))
                : merge.put(key, value, line(event));
        if (!added) {
          throw keys.duplicate(key, event);
        }
      }
      event = next();
    }
    return fields.build();
  }

  private String key(Event event, int depth) {
    if (event instanceof ScalarEvent scalar
        && scalar.getAnchor() == null
        && scalar.getTag() == null) {
      keys.checkColon(scalar, input.text());
      String key = keys.text(scalar);
      if (scalar.isPlain() && !YamlKeys.isWord(scalar.getValue())) {
        warn(scalar, KustomizeReading.ofKey(scalar.getValue()));
      }
      return key;
    }
    return keys.ofValue(event, node(event, depth + 1));
  }

  private Value scalar(ScalarEvent scalar) {
    try {
      String tag = scalar.getTag();
      if (tag != null) {
        return YamlTags.value(tag, scalar.getValue());
      }
      if (scalar.isPlain()) {
        Value value = YamlScalars.plain(scalar.getValue());
        warn(scalar, KustomizeReading.ofValue(scalar.getValue(), value));
        return value;
      }
      keys.checkSurrogates(scalar);
      return new Text(scalar.getValue());
    } catch (YamlScalars.NotFiniteException | YamlTags.TagException e) {
      Mark mark = scalar.getStartMark();
      throw budget.wrong(mark.getLine() + 1, mark.getColumn() + 1, String.valueOf(e.getMessage()));
    }
  }

  private void warn(ScalarEvent scalar, Optional<String> problem) {
    problem.ifPresent(
        found -> warnings.accept(new InputWarning(new Origin(file, index, line(scalar)), found)));
  }

  private Event next() {
    try {
      return parser.getEvent();
    } catch (MarkedYAMLException e) {
      throw syntax(e);
    } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw budget.wrong(input.getLine() + 1, input.getColumn() + 1, "not readable as YAML");
    }
  }

  private InvalidInputException syntax(MarkedYAMLException e) {
    Mark mark = e.getProblemMark();
    if (mark == null) {
      return budget.wrong(input.getLine() + 1, 0, "not readable as YAML");
    }
    String problem =
        input.text()[mark.getIndex()] == '\t'
            ? "a tab is not allowed here, neither to indent nor as an escape"
            : String.valueOf(e.getProblem());
    return budget.wrong(mark.getLine() + 1, mark.getColumn() + 1, problem);
  }

  private static int line(Event event) {
    return event.getStartMark().getLine() + 1;
  }
}
