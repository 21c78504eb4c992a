package io.github.gitops4j.cli;

import io.github.gitops4j.resource.Sensitive;
import java.nio.charset.StandardCharsets;

/** A file that holds a token and nothing else. */
final class TokenFile {
  private TokenFile() {}

  /** Reads the token; white space around it is none of it. */
  static Sensitive<String> read(String file) {
    String text = new String(FileOperand.bytes(file), StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      throw Problems.wrong(file, "expected a token; it is empty");
    }
    return Sensitive.of(text);
  }
}
