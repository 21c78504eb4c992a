package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Nearest;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.ResourceSelector;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mapping of a file that somebody wrote. What is wrong is collected with its line, not thrown, so
 * that all of it is reported at once; {@link #done()} adds the keys that nobody asked for.
 *
 * <p>Confined to one thread.
 *
 * @since 0.1.0
 */
public final class Settings {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private final String file;
  private final String place;
  private final Mapping mapping;
  private final int line;
  private final List<InvalidInputException> findings;
  private final Set<String> asked = new HashSet<>();

  private Settings(
      String file, String place, Mapping mapping, int line, List<InvalidInputException> findings) {
    this.file = file;
    this.place = place;
    this.mapping = mapping;
    this.line = line;
    this.findings = findings;
  }

  /**
   * Starts to read a value that has to be a mapping; a value that is none is a finding.
   *
   * @param line the line on which it begins, from 1
   * @param findings takes what is wrong
   */
  public static Settings of(
      String file, Value value, int line, List<InvalidInputException> findings) {
    return of(file, "", value, line, findings);
  }

  private static Settings of(
      String file, String place, Value value, int line, List<InvalidInputException> findings) {
    if (value instanceof Mapping mapping) {
      return new Settings(file, place, mapping, line, findings);
    }
    String what = place.isEmpty() ? "the document" : place;
    findings.add(new InvalidInputException(file, line, 0, what + ": expected a mapping"));
    return new Settings(file, place, Mapping.empty(), line, findings);
  }

  /** Returns the file that is read. */
  public String file() {
    return file;
  }

  /** Returns all of it, as it is written. */
  Mapping mapping() {
    return mapping;
  }

  /** Returns the line on which it is. */
  int line() {
    return line;
  }

  /** Says whether a key is there. */
  public boolean has(String key) {
    return mapping.get(key).filter(value -> value != Null.INSTANCE).isPresent();
  }

  /** Returns the keys, in the order of the file. */
  public List<String> keys() {
    return mapping.keys();
  }

  /** Returns the text of a key that has to be there; empty text, and a finding, if it is not. */
  public String text(String key) {
    if (!has(key)) {
      asked.add(key);
      missing(key, "text");
      return "";
    }
    return optionalText(key).orElse("");
  }

  /** Returns the text of a key, if it is there. */
  public Optional<String> optionalText(String key) {
    Optional<Value> value = ask(key);
    if (value.isPresent() && !(value.get() instanceof Text)) {
      wrong(key, "text; put quotes around it");
      return Optional.empty();
    }
    return value.map(text -> ((Text) text).value());
  }

  /** Returns the constant that a word names, or nothing, and a finding, if it names none. */
  <T extends Enum<T>> Optional<T> constant(String key, String word, Class<T> type) {
    List<String> words = new ArrayList<>();
    for (T known : type.getEnumConstants()) {
      words.add(known.name().toLowerCase(Locale.ROOT));
      if (words.contains(word)) {
        return Optional.of(known);
      }
    }
    String last = words.remove(words.size() - 1);
    wrong(key, String.join(", ", words) + " or " + last + ", not " + word);
    return Optional.empty();
  }

  /** Says whether a key is there and is true or false. */
  boolean isFlag(String key) {
    return mapping.get(key).filter(Bool.class::isInstance).isPresent();
  }

  /** Reads a key that has one value only; another one is a finding. */
  public void expect(String key, String value) {
    String found = text(key);
    if (!found.isEmpty() && !found.equals(value)) {
      wrong(key, value + ", not " + found);
    }
  }

  /**
   * Returns the resources that {@code group}, {@code kind}, {@code namespace}, {@code name} say.
   */
  ResourceSelector selector() {
    ResourceSelector.Builder selector = ResourceSelector.builder();
    optionalText("group").ifPresent(selector::group);
    optionalText("kind").ifPresent(selector::kind);
    optionalText("namespace").ifPresent(selector::namespace);
    optionalText("name").ifPresent(selector::name);
    return selector.build();
  }

  /** Returns true or false, or the default if the key is not there. */
  public boolean flag(String key, boolean defaultValue) {
    Optional<Value> value = ask(key);
    if (value.isPresent() && !(value.get() instanceof Bool)) {
      wrong(key, "true or false");
      return defaultValue;
    }
    return value.map(flag -> ((Bool) flag).isTrue()).orElse(defaultValue);
  }

  /** Returns a whole number that is not negative, if it is there. */
  public OptionalInt count(String key) {
    Optional<Value> value = ask(key);
    if (value.isEmpty()) {
      return OptionalInt.empty();
    }
    long number = value.get() instanceof Numeral numeral ? numeral.asLong().orElse(-1) : -1;
    if (number < 0 || number > Integer.MAX_VALUE) {
      wrong(key, "a whole number, not negative");
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) number);
  }

  /** Returns a duration such as {@code 500ms}, {@code 60s}, {@code 5m}, {@code 2h}, {@code 1d}. */
  public Optional<Duration> duration(String key) {
    Optional<String> text = optionalText(key);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (!matcher.matches()) {
      wrong(key, "a duration such as 60s, 5m or 2h");
      return Optional.empty();
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofDays(amount);
        });
  }

  /** Returns a path; a relative one is relative to the file's directory. */
  public Optional<Path> path(String key) {
    return optionalText(key)
        .map(
            text -> {
              Path base = Path.of(file).toAbsolutePath().getParent();
              return requireNonNull(base, "base").resolve(text).normalize();
            });
  }

  /** Returns a list of texts; empty if it is not there. */
  public List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    Sequence values = list(key);
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Text text) {
        texts.add(text.value());
      } else {
        wrong(key, "a list of text");
      }
    }
    return texts;
  }

  /** Returns a list of mappings; empty if it is not there. */
  public List<Settings> mappings(String key) {
    List<Settings> items = new ArrayList<>();
    Sequence values = list(key);
    for (int i = 0; i < values.size(); i++) {
      String item = at(key) + "[" + i + "]";
      items.add(of(file, item, values.get(i), values.line(i), findings));
    }
    return items;
  }

  private Sequence list(String key) {
    Optional<Value> value = ask(key);
    if (value.isPresent() && !(value.get() instanceof Sequence)) {
      wrong(key, "a list");
    }
    return value
        .filter(Sequence.class::isInstance)
        .map(Sequence.class::cast)
        .orElse(Sequence.empty());
  }

  /** Returns the mapping of a key that has to be there; an empty one, and a finding, if not. */
  public Settings child(String key) {
    if (!has(key)) {
      asked.add(key);
      missing(key, "a mapping");
      return new Settings(file, at(key), Mapping.empty(), line, new ArrayList<>());
    }
    return optionalChild(key).orElseThrow();
  }

  /** Returns the mapping of a key, if it is there. */
  public Optional<Settings> optionalChild(String key) {
    return ask(key).map(value -> of(file, at(key), value, lineOf(key), findings));
  }

  /** Ends the reading: every key that nobody asked for is a finding. */
  public void done() {
    for (int i = 0; i < mapping.size(); i++) {
      String key = mapping.key(i);
      if (!asked.contains(key)) {
        String hint = Nearest.of(key, asked).map(near -> "; did you mean " + near + "?").orElse("");
        find(mapping.line(i), at(key) + ": unknown key" + hint);
      }
    }
  }

  /** Says that keys are known although nobody asked for them, so that a hint may name them. */
  void know(Collection<String> keys) {
    asked.addAll(keys);
  }

  /** Adds a finding about a key. */
  public void wrong(String key, String expected) {
    find(lineOf(key), at(key) + ": expected " + expected);
  }

  private void missing(String key, String expected) {
    find(line, at(key) + ": missing; expected " + expected);
  }

  private void find(int where, String problem) {
    findings.add(new InvalidInputException(file, where, 0, problem));
  }

  private Optional<Value> ask(String key) {
    asked.add(key);
    return mapping.get(key).filter(value -> value != Null.INSTANCE);
  }

  private int lineOf(String key) {
    int index = mapping.indexOf(key);
    return index < 0 ? line : mapping.line(index);
  }

  private String at(String key) {
    return place.isEmpty() || key.isEmpty() ? place + key : place + "." + key;
  }
}
