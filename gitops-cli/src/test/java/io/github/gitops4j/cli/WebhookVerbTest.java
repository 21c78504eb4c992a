package io.github.gitops4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gitops webhook}. */
class WebhookVerbTest {
  private static final String PUSH =
      """
      {"ref": "refs/heads/main", "before": "1111111111111111111111111111111111111111",
       "after": "2222222222222222222222222222222222222222", "created": false,
       "commits": [{"added": ["b"], "modified": ["a"], "removed": []}],
       "repository": {"clone_url": "https://git.example.com/acme/shop.git"}}
      """;

  @TempDir Path directory;

  @BeforeEach
  void write() throws IOException {
    file("secret", "a secret\n");
    file("body", PUSH);
    file("headers", github("push", PUSH));
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static String github(String event, String body) {
    return "POST /hook HTTP/1.1\r\n"
        + ("x-github-event: " + event + "\r\n")
        + "X-GitHub-Delivery: one\r\n"
        + ("X-Hub-Signature-256: sha256=" + HexFormat.of().formatHex(hmac("a secret", body)))
        + "\r\n\r\n";
  }

  private static byte[] hmac(String secret, String text) {
    return hmac(secret.getBytes(UTF_8), text);
  }

  private static byte[] hmac(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private CommandRun webhook(String provider, String... more) {
    String[] arguments = new String[more.length + 9];
    String[] first = {
      "webhook",
      "--provider",
      provider,
      "--secret-file",
      directory.resolve("secret").toString(),
      "--headers",
      directory.resolve("headers").toString(),
      "--body",
      directory.resolve("body").toString()
    };
    System.arraycopy(first, 0, arguments, 0, first.length);
    System.arraycopy(more, 0, arguments, first.length, more.length);
    return CommandRun.of(arguments);
  }

  @Test
  void aPushIsPrintedAsJson() {
    CommandRun run = webhook("github", "--output", "json");

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .hasLineCount(1)
        .contains("\"verified\":true", "\"httpStatus\":200", "\"kind\":\"push\"")
        .contains("\"ref\":\"refs/heads/main\"", "\"refType\":\"branch\"", "\"shortRef\":\"main\"")
        .contains("\"before\":\"1111", "\"after\":\"2222", "\"created\":false", "\"deleted\":false")
        .contains("\"changedFiles\":[\"a\",\"b\"]", "\"event\":\"push\"", "\"delivery\":\"one\"")
        .contains("\"repositories\":[\"git.example.com/acme/shop\"]", "\"provider\":\"github\"");
  }

  @Test
  void aPushIsPrintedAsText() {
    assertThat(webhook("github"))
        .isEqualTo(new CommandRun(0, "push, answer 200\n  moved  refs/heads/main\n", ""));
  }

  @Test
  void whatIsNotGenuineIsAnAnswerToo() throws IOException {
    file("secret", "another");

    CommandRun run = webhook("github", "-o", "json");

    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("\"verified\":false", "\"httpStatus\":401", "\"kind\":\"refused\"")
        .contains("\"ref\":null", "\"created\":null", "\"changedFiles\":null", "\"refs\":[]")
        .doesNotContain("another");
    assertThat(webhook("github").out()).startsWith("refused, answer 401: not verified: ");
  }

  @Test
  void anyOfSeveralSecretsIsGood() throws IOException {
    String next = file("next", "the next one");

    assertThat(webhook("github", "--secret-file", next).out()).startsWith("push");
    file("secret", "the one after that\r\n");
    assertThat(webhook("github", "--secret-file", next).out()).startsWith("refused");
  }

  @Test
  void headersAreTakenAsToolsPrintThem() throws IOException {
    String lines = github("push", PUSH);
    String signature = lines.replaceAll("(?s).*(sha256=[0-9a-f]+).*", "$1");
    String asCurlPrintsThem =
        lines.replaceAll("\r\n(?=[^\r])", "\r\n> ").replaceFirst("^", "> ").strip() + "\n>\n";

    for (String form :
        List.of(
            asCurlPrintsThem,
            "\n" + lines,
            "\ufeff" + lines,
            lines.replaceFirst("/hook", "http://127.0.0.1:8080/hook"),
            lines.replaceFirst("POST.*\r", ":method: POST\r\n:path: /hook\r"),
            "{\"x-github-event\": [\"push\"], \"Content-Length\": 12, \"Via\": null,"
                + (" \"X-HUB-SIGNATURE-256\": \"" + signature + "\"}"),
            "\ufeff{\"x-github-event\": \"push\", \"X-Hub-Signature-256\": [\""
                + signature
                + "\"]}")) {
      file("headers", form);
      assertThat(webhook("github").out()).as(form).startsWith("push, answer 200");
    }
    file("headers", "{\"x-github-event\": \"push\", \"x-hub-signature-256\": [\"a\", \"a\"]}");
    assertThat(webhook("github").out()).as("two are none").startsWith("refused, answer 401");
  }

  @Test
  void aSignedTimeIsComparedWithTheGivenOne() throws IOException {
    byte[] key = "0123456789abcdef".getBytes(UTF_8);
    String body = PUSH.replaceFirst("\\{", "{\"object_kind\": \"push\", ");
    String code = Base64.getEncoder().encodeToString(hmac(key, "id-1.1700000000." + body));
    file("secret", "whsec_" + Base64.getEncoder().encodeToString(key));
    file("body", body);
    file(
        "headers",
        "{\"X-Gitlab-Event\": \"Push Hook\", \"webhook-id\": \"id-1\","
            + " \"webhook-timestamp\": 1700000000, \"webhook-signature\": \"v1,"
            + code
            + "\"}");

    assertThat(webhook("gitlab", "--now", "1700000300").out()).startsWith("push, answer 200");
    assertThat(webhook("gitlab", "--now", "1700000301").out()).startsWith("refused, answer 401");
    assertThat(webhook("gitlab", "--now", "1699999699").out()).startsWith("refused, answer 401");
    assertThat(webhook("gitlab").out()).startsWith("refused, answer 401");
  }

  @Test
  void textOfAPayloadIsMadeVisible() throws IOException {
    String body = PUSH.replace("heads/main", "heads/\\u001b[31m\\u202e");
    file("body", body);
    file("headers", github("push", body));

    assertThat(webhook("github").out()).contains("refs/heads/\\u{1b}[31m\\u{202e}");
    assertThat(webhook("github", "-o", "json").out())
        .contains("refs/heads/\\u001b[31m\\u202e")
        .doesNotContain("\u202e");
  }

  @Test
  void filesThatAreLargerThanTheMemoryAreRefused() throws IOException {
    file("headers", "");
    enlarge("body");
    assertThat(webhook("github").out()).startsWith("refused, answer 413");
    enlarge("headers");
    assertThat(webhook("github").err()).contains("headers: more than 16777216 bytes");
  }

  private void enlarge(String name) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
      file.setLength(1L << 40);
    }
  }

  @Test
  void whatIsWrongWithTheFilesIsAnError() throws IOException {
    assertThat(webhook("github", "--max-bytes", "10").out()).startsWith("refused, answer 413");
    assertThat(webhook("nobody").err()).contains("--provider: no provider is called nobody");
    assertThat(webhook("github", "--max-bytes", "0").err()).contains("--max-bytes");
    assertThat(webhook("github", "-o", "sarif").err()).contains("--output: expected text or json");
    assertThat(webhook("github", "--now", "9".repeat(18)).err()).contains("--now");
    file("secret", "\n");
    assertThat(webhook("github").err()).contains("the secret of a webhook is empty");
    file("secret", "whsec_%%%");
    assertThat(webhook("gitlab").err()).contains("secret: a signing token is expected");
    file("secret", "good");
    file("headers", "X-A: b\nno header\n");
    assertThat(webhook("github").err()).contains("headers:2: expected a header");
    file("headers", "{\"a\": [{}]}");
    assertThat(webhook("github").err()).contains("headers: a: expected a text");
    Files.delete(directory.resolve("body"));
    file("headers", "");
    CommandRun run = webhook("github");
    assertThat(run.err()).contains("body: no such file");
    assertThat(run.exit()).isEqualTo(1);
  }
}
