package io.github.gitops4j.resource;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;

/**
 * A value that must not reach a log, message, diff, event, metric or saved plan.
 *
 * <p>Its text form is a mask; only {@link #reveal(Function)} gives the value, where it is used.
 *
 * <p>Thread-safe if the value is.
 *
 * @param <T> the value's type
 * @since 0.1.0
 */
public final class Sensitive<T> {
  /** What is shown instead of a sensitive value. */
  public static final String MASK = "***";

  private final T value;

  private Sensitive(T value) {
    this.value = requireNonNull(value, "value");
  }

  /** Wraps a value. */
  public static <T> Sensitive<T> of(T value) {
    return new Sensitive<>(value);
  }

  /** Uses the value and returns what the use gives. */
  public <R> R reveal(Function<? super T, ? extends R> use) {
    return use.apply(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sensitive<?> that && value.equals(that.value);
  }

  /** Returns a constant: even a hash code of a secret is a hint. */
  @Override
  public int hashCode() {
    return Sensitive.class.hashCode();
  }

  /** Returns {@link #MASK}. */
  @Override
  public String toString() {
    return MASK;
  }
}
