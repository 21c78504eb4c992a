package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.report.JsonText;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.JsonReader;
import java.util.ArrayList;
import java.util.List;

/** Writes JSON with one part of it bent. Confined to one text. */
final class Bent {
  private final Way way;
  private final String odd;
  private int before;

  private Bent(int at, Way way, String odd) {
    this.before = at;
    this.way = way;
    this.odd = odd;
  }

  /** What happens to a part. */
  enum Way {
    REPLACED,
    REMOVED,
    DOUBLED_BEFORE,
    DOUBLED_BEHIND
  }

  /** Returns how many parts there are. */
  static int parts(String json) {
    Bent none = new Bent(Integer.MAX_VALUE, Way.REMOVED, "");
    none.write(root(json));
    return Integer.MAX_VALUE - none.before;
  }

  /**
   * Bends a part.
   *
   * @param at which part, of all fields and items from the first one on
   * @param odd JSON to put in its place, or beside it
   */
  static String of(String json, int at, Way way, String odd) {
    return new Bent(at, way, odd).write(root(json));
  }

  private static Value root(String json) {
    return JsonReader.create().read("body", json.getBytes(UTF_8)).root();
  }

  private String write(Value value) {
    List<String> parts = new ArrayList<>();
    if (value instanceof Mapping mapping) {
      for (int i = 0; i < mapping.size(); i++) {
        add(parts, "\"" + mapping.key(i) + "\":", mapping.value(i));
      }
      return "{" + String.join(",", parts) + "}";
    } else if (value instanceof Sequence sequence) {
      for (int i = 0; i < sequence.size(); i++) {
        add(parts, "", sequence.get(i));
      }
      return "[" + String.join(",", parts) + "]";
    }
    return JsonText.of(value).strip();
  }

  private void add(List<String> parts, String name, Value value) {
    boolean isIt = before-- == 0;
    if (isIt && way != Way.REMOVED && way != Way.DOUBLED_BEHIND) {
      parts.add(name + odd);
    }
    if (!isIt || way == Way.DOUBLED_BEFORE || way == Way.DOUBLED_BEHIND) {
      parts.add(name + write(value));
    }
    if (isIt && way == Way.DOUBLED_BEHIND) {
      parts.add(name + odd);
    }
  }
}
