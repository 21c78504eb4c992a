package io.github.gitops4j.kubernetes.schema;

/**
 * What is wrong with a value.
 *
 * <p>Immutable.
 *
 * @param at where it is
 * @param message what is wrong
 * @param ofForm whether the value is not what its schema says it is, so that rules, which expect
 *     that, are not looked at
 */
record Problem(Place at, String message, boolean ofForm) {
  Problem(Place at, String message) {
    this(at, message, false);
  }
}
