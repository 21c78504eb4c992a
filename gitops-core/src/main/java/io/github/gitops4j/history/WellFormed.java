package io.github.gitops4j.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.resource.Text;

/**
 * Texts as they can be written and read again: half of a surrogate pair, which UTF-8 cannot carry,
 * becomes a question mark.
 */
final class WellFormed {
  private WellFormed() {}

  static Text text(String value) {
    return Text.of(new String(value.getBytes(UTF_8), UTF_8));
  }
}
