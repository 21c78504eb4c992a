package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the fields of a mapping that we wrote ourselves earlier, such as a saved plan, with an
 * error that says which field of which file is wrong.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class MappingReader {
  private final String file;
  private final String place;
  private final Mapping mapping;

  private MappingReader(String file, String place, Mapping mapping) {
    this.file = requireNonNull(file, "file");
    this.place = place;
    this.mapping = mapping;
  }

  /**
   * Reads a value that has to be a mapping.
   *
   * @param file its name for messages
   * @throws InvalidInputException if it is not
   */
  public static MappingReader of(String file, Value value) {
    return of(file, "", value);
  }

  private static MappingReader of(String file, String place, Value value) {
    if (value instanceof Mapping mapping) {
      return new MappingReader(file, place, mapping);
    }
    throw new InvalidInputException(
        file, 0, 0, (place.isEmpty() ? "the document" : place) + ": expected an object");
  }

  /** Returns the text of a field that has to be there. */
  public String text(String name) {
    return optionalText(name).orElseThrow(() -> wrong(name, "text"));
  }

  /** Returns the text of a field, if it is there. */
  public Optional<String> optionalText(String name) {
    return mapping
        .get(name)
        .map(
            value -> {
              if (value instanceof Text text) {
                return text.value();
              }
              throw wrong(name, "text");
            });
  }

  /** Returns the whole number of a field that has to be there. */
  public long number(String name) {
    if (mapping.get(name).orElse(null) instanceof Numeral numeral) {
      return numeral.asLong().orElseThrow(() -> wrong(name, "a whole number"));
    }
    throw wrong(name, "a whole number");
  }

  /** Returns the whole number of a field that has to be there, as an int. */
  public int smallNumber(String name) {
    long value = number(name);
    if (value != (int) value) {
      throw wrong(name, "a whole number of 32 bits");
    }
    return (int) value;
  }

  /** Returns the constant that a field names. */
  public <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = text(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw wrong(name, "one of " + List.of(type.getEnumConstants()));
  }

  /** Returns the digest of a field that has to be there. */
  public ContentDigest digest(String name) {
    return optionalDigest(name).orElseThrow(() -> wrong(name, "a digest"));
  }

  /** Returns the digest of a field, if it is there. */
  public Optional<ContentDigest> optionalDigest(String name) {
    return optionalText(name)
        .map(
            text -> {
              try {
                return ContentDigest.parse(text);
              } catch (IllegalArgumentException e) {
                throw wrong(name, "a digest");
              }
            });
  }

  /** Returns the object of a field that has to be there. */
  public MappingReader object(String name) {
    return of(file, at(name), mapping.get(name).orElse(Null.INSTANCE));
  }

  /** Returns the object of a field, if it is there. */
  public Optional<MappingReader> optionalObject(String name) {
    return mapping.get(name).map(value -> of(file, at(name), value));
  }

  /** Returns the value of a field, if it is there. */
  public Optional<Value> value(String name) {
    return mapping.get(name);
  }

  /** Returns the objects of a list that has to be there. */
  public List<MappingReader> objects(String name) {
    List<MappingReader> items = new ArrayList<>();
    Sequence list = list(name);
    for (int i = 0; i < list.size(); i++) {
      items.add(of(file, at(name) + "[" + i + "]", list.get(i)));
    }
    return items;
  }

  /** Returns the texts of a list that has to be there. */
  public List<String> texts(String name) {
    List<String> items = new ArrayList<>();
    Sequence list = list(name);
    for (int i = 0; i < list.size(); i++) {
      if (!(list.get(i) instanceof Text text)) {
        throw wrong(name, "a list of text");
      }
      items.add(text.value());
    }
    return items;
  }

  /** Returns the names of all fields. */
  public List<String> names() {
    return mapping.keys();
  }

  /** Returns the error that says what a field should have been. */
  public InvalidInputException wrong(String name, String expected) {
    return new InvalidInputException(file, 0, 0, at(name) + ": expected " + expected);
  }

  private Sequence list(String name) {
    if (mapping.get(name).orElse(null) instanceof Sequence sequence) {
      return sequence;
    }
    throw wrong(name, "a list");
  }

  private String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }
}
