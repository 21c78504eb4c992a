package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

/**
 * Who wrote a commit or a tag. Immutable.
 *
 * @param name written as given
 * @param email written as given, between angle brackets
 * @since 0.1.0
 */
public record Person(String name, String email) {
  /** Who writes when a test names nobody. */
  public static final Person DEFAULT = new Person("Test Author", "author@example.org");

  /** Check that both parts are there. */
  public Person {
    requireNonNull(name, "name");
    requireNonNull(email, "email");
  }

  String line(long epochSecond) {
    return name + " <" + email + "> " + epochSecond + " +0000";
  }
}
