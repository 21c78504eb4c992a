package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of source or target under the name by which application files choose it.
 *
 * <p>The opener reads its own settings, and only opens: whatever is wrong with the settings is
 * collected by them. It is called only if nothing is wrong.
 *
 * <p>Immutable.
 *
 * @param <T> {@code TreeSource} or {@code Target}
 * @since 0.1.0
 */
public final class Backend<T> {
  private final String name;
  private final BiFunction<Settings, Settings, Opener<T>> reader;

  private Backend(String name, BiFunction<Settings, Settings, Opener<T>> reader) {
    this.name = requireNonNull(name, "name");
    this.reader = requireNonNull(reader, "reader");
  }

  /**
   * Binds a name to a backend.
   *
   * @param reader reads the settings and gives what opens the backend
   */
  public static <T> Backend<T> bind(String name, Function<Settings, Opener<T>> reader) {
    requireNonNull(reader, "reader");
    return new Backend<>(name, (own, around) -> reader.apply(own));
  }

  /**
   * Binds a name to a backend that has settings beside its own, such as {@code verify} beside
   * {@code git}. A key there that the reader does not ask for stays unknown.
   *
   * @param reader reads its own settings and those around them, and gives what opens the backend
   */
  public static <T> Backend<T> bindBeside(
      String name, BiFunction<Settings, Settings, Opener<T>> reader) {
    return new Backend<>(name, reader);
  }

  /** Returns the name. */
  public String name() {
    return name;
  }

  Opener<T> read(Settings settings, Settings around) {
    Opener<T> opener = reader.apply(settings, around);
    settings.done();
    return opener;
  }

  @Override
  public String toString() {
    return "Backend[" + name + "]";
  }

  /**
   * Opens what settings describe.
   *
   * @param <T> {@code TreeSource} or {@code Target}
   */
  @FunctionalInterface
  public interface Opener<T> {
    /** Opens it. */
    T open();
  }
}
