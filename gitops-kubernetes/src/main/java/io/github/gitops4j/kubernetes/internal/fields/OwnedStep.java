package io.github.gitops4j.kubernetes.internal.fields;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One step on the way to a field that a manager owns, as the keys of {@code fieldsV1} name it.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface OwnedStep {
  /**
   * A field of an object: {@code f:replicas}.
   *
   * @param name its name
   */
  record Field(String name) implements OwnedStep {
    /** Checks the name. */
    public Field {
      requireNonNull(name, "name");
    }

    @Override
    public String toString() {
      return "f:" + name;
    }
  }

  /**
   * An item of a list by some of its fields: <code>k:{"name":"web"}</code>.
   *
   * @param fields these fields and their values
   */
  record Key(Mapping fields) implements OwnedStep {
    /** Checks the fields. */
    public Key {
      requireNonNull(fields, "fields");
    }

    /**
     * Says whether this is the item.
     *
     * @param type what is known of it: a key that it does not say has its default
     */
    public boolean selects(Value item, FieldType type) {
      if (!(item instanceof Mapping mapping)) {
        return false;
      }
      for (int i = 0; i < fields.size(); i++) {
        int position = mapping.indexOf(fields.key(i));
        boolean same =
            position < 0
                ? type.field(fields.key(i)).hasDefault(fields.value(i))
                : mapping.value(position).equals(fields.value(i));
        if (!same) {
          return false;
        }
      }
      return true;
    }

    @Override
    public String toString() {
      return "k:" + json(fields);
    }
  }

  /**
   * An item of a set by its value: {@code v:"example.com/keep"}.
   *
   * @param value the value
   */
  record Item(Value value) implements OwnedStep {
    /** Checks the value. */
    public Item {
      requireNonNull(value, "value");
    }

    @Override
    public String toString() {
      return "v:" + json(value);
    }
  }

  /**
   * An item of a list by its position: {@code i:0}.
   *
   * @param position from 0
   */
  record At(int position) implements OwnedStep {
    @Override
    public String toString() {
      return "i:" + position;
    }
  }

  /**
   * Reads a key of {@code fieldsV1}. The {@code .} that stands for the place itself is no step.
   *
   * @throws IllegalArgumentException if it is none
   */
  static OwnedStep parse(String key) {
    return StepTable.step(key);
  }

  /** Reads a key without looking whether it was read before. */
  static OwnedStep read(String key) {
    String rest = key.length() < 2 ? "" : key.substring(2);
    if (key.startsWith("f:")) {
      return new Field(shared(rest));
    } else if (key.startsWith("k:") && value(key, rest) instanceof Mapping fields) {
      return new Key(fields);
    } else if (key.startsWith("v:")) {
      return new Item(value(key, rest));
    } else if (key.startsWith("i:")) {
      return new At(position(key, rest));
    }
    throw wrong(key, null);
  }

  private static IllegalArgumentException wrong(String key, @Nullable Exception cause) {
    String kind = key.length() < 2 ? key : key.substring(0, 2);
    return new IllegalArgumentException(
        "no step of managed fields: " + kind + " and " + key.length() + " characters", cause);
  }

  /** Documents share the names of their fields, which makes finding them quick. */
  private static String shared(String name) {
    return Mapping.builder().put(name, Null.INSTANCE).build().key(0);
  }

  private static Value value(String key, String json) {
    try {
      return StepTable.JSON.read("step", json.getBytes(StandardCharsets.UTF_8)).root();
    } catch (InvalidInputException e) {
      throw wrong(key, e);
    }
  }

  private static int position(String key, String digits) {
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw wrong(key, e);
    }
  }

  private static String json(Value value) {
    return new String(Document.of(value).canonicalJson(), StandardCharsets.UTF_8);
  }
}
