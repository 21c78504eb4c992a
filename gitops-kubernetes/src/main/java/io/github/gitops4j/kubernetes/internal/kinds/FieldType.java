package io.github.gitops4j.kubernetes.internal.kinds;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the values of a field, of the items of a list or of the values of a map.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class FieldType {
  /** A field of a known type about which there is nothing to say. */
  static final FieldType PLAIN = new FieldType(Form.SCALAR, Absence.MEANS_ZERO, List.of());

  /** A field of which nothing is known; neither is of what is below it. */
  public static final FieldType UNKNOWN = new FieldType(Form.ANY, Absence.COUNTS, List.of());

  /** What a value looks like. */
  public enum Form {
    /** No container. */
    SCALAR,
    /** An amount, of which the same one can be written in several ways. */
    QUANTITY,
    /** A time, of which the same one can be written in several ways. */
    DURATION,
    /** An object with known fields. */
    STRUCT,
    /** An object whose keys are data. */
    MAP,
    /** A list in which positions count. */
    LIST,
    /** A list whose items are known by the values of some fields. */
    KEYED_LIST,
    /** A list in which only what is in it counts. */
    SET,
    /** Nobody knows. */
    ANY
  }

  /** What it means that a field is not there. */
  enum Absence {
    /** It has the zero of its type: the server does not tell the two apart. */
    MEANS_ZERO,
    /** Something else than any value. */
    COUNTS
  }

  private final Form form;
  private final Absence absence;
  private final List<String> keys;
  private final List<Value> defaults;

  /** Of the items or the values; the field itself if it has none. */
  private final FieldType element;

  private final String structName;
  private @Nullable ObjectType struct;

  private FieldType(Form form, Absence absence, List<Value> defaults) {
    this.form = form;
    this.absence = absence;
    this.keys = List.of();
    this.defaults = defaults;
    this.element = this;
    this.structName = "";
  }

  private FieldType(FieldType like, List<String> keys, FieldType element, String structName) {
    this.form = like.form;
    this.absence = like.absence;
    this.keys = List.copyOf(keys);
    this.defaults = like.defaults;
    this.element = element;
    this.structName = structName;
  }

  static FieldType of(Form form, Absence absence, List<Value> defaults) {
    return new FieldType(form, absence, List.copyOf(defaults));
  }

  /** Returns a container of such a form with these items or values. */
  FieldType with(List<String> keyFields, FieldType items) {
    return new FieldType(this, keyFields, items, "");
  }

  /** Returns an object of a type that is known by name. */
  FieldType named(String type) {
    return new FieldType(this, List.of(), this, type);
  }

  /** Returns what a value looks like. */
  public Form form() {
    return form;
  }

  /** Returns the fields by which the items of a list are known; empty if they are not. */
  public List<String> keys() {
    return keys;
  }

  /** Returns the type of the items of a list. */
  public FieldType element() {
    return element;
  }

  /** Returns the type of a field below. */
  public FieldType field(String name) {
    return switch (form) {
      case STRUCT -> struct().field(name);
      case MAP -> element;
      default -> CustomFields.field(name);
    };
  }

  private ObjectType struct() {
    ObjectType known = struct;
    if (known == null) {
      // Two threads may both find it: it is the same one.
      known = KindFile.type(structName);
      struct = known;
    }
    return known;
  }

  /**
   * Returns what the server puts there if nothing is; nothing if it leaves it so, or it depends.
   */
  public Optional<Value> defaultValue() {
    return defaults.isEmpty() ? Optional.empty() : Optional.of(defaults.get(0));
  }

  /** Says whether a value is what the server puts there if nothing is. */
  public boolean hasDefault(Value value) {
    return !defaults.isEmpty() && defaults.get(0).equals(value);
  }

  /** Says whether two values mean the same, though they are not equal. */
  public boolean areSame(Value one, Value other) {
    return switch (form) {
      case QUANTITY -> Quantity.areEqual(one, other);
      case DURATION -> GoDuration.areEqual(one, other);
      default -> false;
    };
  }

  /** Says whether a value that is written is taken for none, in whose place a default comes. */
  public boolean isUnsaid(Value value) {
    return absence == Absence.MEANS_ZERO && (value instanceof Null || isZero(value));
  }

  /** Says whether a value is what the server takes for absent, or puts where nothing is. */
  public boolean isImplied(Value value) {
    if (value instanceof Null) {
      return true;
    }
    for (Value implied : defaults) {
      if (implied.equals(value) || areSame(implied, value)) {
        return true;
      }
    }
    if (form == Form.STRUCT && value instanceof Mapping fields) {
      return (absence == Absence.MEANS_ZERO || !defaults.isEmpty()) && areImplied(fields);
    }
    return absence == Absence.MEANS_ZERO && isZero(value);
  }

  private boolean areImplied(Mapping fields) {
    for (int i = 0; i < fields.size(); i++) {
      if (!struct().field(fields.key(i)).isImplied(fields.value(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isZero(Value value) {
    return (value instanceof Text text && text.value().isEmpty())
        || (value instanceof Mapping mapping && mapping.size() == 0)
        || (value instanceof Sequence items && items.size() == 0)
        || value.equals(Bool.FALSE)
        || (value instanceof Numeral number && number.doubleValue() == 0);
  }
}
