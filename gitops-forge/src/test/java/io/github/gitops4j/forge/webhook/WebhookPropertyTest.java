package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;

/** Whatever comes. */
class WebhookPropertyTest {
  private static final List<String> NAMES =
      List.of(
          "ref",
          "before",
          "after",
          "created",
          "deleted",
          "forced",
          "commits",
          "added",
          "modified",
          "removed",
          "repository",
          "project",
          "clone_url",
          "ssh_url",
          "git_http_url",
          "number",
          "pull_request",
          "head",
          "sha",
          "base",
          "object_kind",
          "event_name",
          "iid",
          "action",
          "object_attributes",
          "last_commit",
          "id",
          "total_commits_count",
          "x",
          "changes",
          "push",
          "new",
          "old",
          "type",
          "name",
          "target",
          "hash",
          "resource",
          "refUpdates",
          "eventType",
          "links",
          "clone",
          "href",
          "slug",
          "key",
          "data",
          "toRef",
          "fromRef",
          "pullRequest",
          "pullrequest");

  @Property(tries = 300)
  void aSignatureIsGoodExactlyIfTheJdkSaysSo(
      @ForAll byte[] body, @ForAll @NotBlank String secret, @ForAll @IntRange(max = 255) int flip) {
    Webhook webhook = Sent.webhook(Provider.GITHUB, secret).build();
    byte[] code = Sent.hmac("HmacSHA256", secret.getBytes(UTF_8), body);
    assertThat(status(webhook, body, code)).isEqualTo(200);
    code[flip / 8] ^= (byte) (1 << flip % 8);
    assertThat(status(webhook, body, code)).isEqualTo(401);
  }

  private static int status(Webhook webhook, byte[] body, byte[] code) {
    String signature = "sha256=" + java.util.HexFormat.of().formatHex(code);
    return Sent.github("star", body)
        .header("X-Hub-Signature-256", signature)
        .to(webhook)
        .httpStatus();
  }

  @Property(tries = 200)
  void anyJsonIsTakenOrABadRequest(@ForAll("json") String json, @ForAll("events") String event) {
    for (Provider provider : Provider.values()) {
      Webhook webhook = Anybody.webhook(provider);
      assertThat(Anybody.sent(provider, event, json.getBytes(UTF_8)).to(webhook).httpStatus())
          .isIn(200, 400);
    }
  }

  @Property(tries = 200)
  void anyBytesAreTakenOrABadRequest(
      @ForAll @Size(max = 300) byte[] body, @ForAll("events") String event) {
    for (Provider provider : Provider.values()) {
      Webhook webhook = Anybody.webhook(provider);
      assertThat(Anybody.sent(provider, event, body).to(webhook).httpStatus()).isIn(200, 400);
      assertThat(
              Anybody.sent(provider, event, body)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .to(webhook)
                  .httpStatus())
          .isIn(200, 400, 401);
    }
  }

  @Property(tries = 200)
  void whateverIsNotSignedIsRefused(
      @ForAll byte[] body, @ForAll Map<String, List<String>> headers) {
    for (Provider provider : Provider.values()) {
      Verdict verdict = Anybody.webhook(provider).judge(headers, body);
      assertThat(verdict.httpStatus()).isIn(400, 401);
      assertThat(verdict.verified()).isEmpty();
    }
  }

  @Property(tries = 200)
  void anyTextIsARepositoryOrNone(@ForAll String one, @ForAll String other) {
    for (String url : List.of(one, "https://" + one, "git@" + one + ":" + other)) {
      Repositories repositories = Repositories.of(List.of(url));
      assertThat(repositories.matches(url)).isEqualTo(!repositories.addresses().isEmpty());
    }
  }

  @Provide
  Arbitrary<String> events() {
    return Arbitraries.of(Anybody.EVENTS);
  }

  @Provide
  Arbitrary<String> json() {
    return object(2);
  }

  private static Arbitrary<String> object(int depth) {
    Arbitrary<String> name = Arbitraries.of(NAMES);
    return Arbitraries.maps(name, value(depth))
        .ofMaxSize(8)
        .map(
            fields ->
                fields.entrySet().stream()
                    .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                    .collect(Collectors.joining(",", "{", "}")));
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> leaf =
        Arbitraries.of(
            "null",
            "true",
            "-1",
            "1e400",
            "9".repeat(40),
            "\"\"",
            "\"push\"",
            "\"git.push\"",
            "\"refs/heads/a\"",
            "\"" + Sent.ZEROS + "\"",
            "\"\\ud83c\"",
            "\"https://a/b\"",
            "[]",
            "{}");
    if (depth == 0) {
      return leaf;
    }
    Arbitrary<String> list =
        value(depth - 1).list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]");
    return Arbitraries.lazyOf(() -> leaf, () -> object(depth - 1), () -> list);
  }
}
