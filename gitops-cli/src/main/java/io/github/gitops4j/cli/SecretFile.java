package io.github.gitops4j.cli;

import io.github.gitops4j.forge.webhook.Provider;
import io.github.gitops4j.forge.webhook.Webhook;
import io.github.gitops4j.forge.webhook.WebhookSecret;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A file that holds the secret of a webhook and nothing else. */
final class SecretFile {
  private SecretFile() {}

  /** Reads a secret; a line break at its end is none of it. */
  static WebhookSecret read(String file) {
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(FileOperand.bytes(file)))
              .toString()
              .replaceFirst("\\r?\\n$", "");
    } catch (CharacterCodingException e) {
      throw Problems.wrong(file, "expected a secret in UTF-8");
    }
    try {
      return WebhookSecret.of(text);
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(file, String.valueOf(e.getMessage()));
    }
  }

  /** Builds a webhook, or says which file is wrong. */
  static Webhook build(Webhook.Builder webhook, List<String> files) {
    try {
      return webhook.build();
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(String.join(", ", files), String.valueOf(e.getMessage()));
    }
  }

  /** Returns the provider of a name. */
  static Provider provider(String option, String name) {
    try {
      return Provider.parse(name);
    } catch (IllegalArgumentException e) {
      throw Problems.wrong(option, String.valueOf(e.getMessage()));
    }
  }
}
