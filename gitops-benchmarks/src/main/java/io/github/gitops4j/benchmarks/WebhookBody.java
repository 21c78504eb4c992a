package io.github.gitops4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.forge.webhook.Provider;
import io.github.gitops4j.forge.webhook.Verdict;
import io.github.gitops4j.forge.webhook.Webhook;
import io.github.gitops4j.forge.webhook.WebhookSecret;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Measures what it takes to verify and read the largest push that GitHub sends: the fastest of some
 * rounds, and the body with all that is allocated for it, which is more than is ever held.
 */
public final class WebhookBody {
  private static final int SIZE = 25_000_000;
  private static final int ROUNDS = 20;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final String SECRET = "the secret of the benchmark";

  private WebhookBody() {}

  /** Runs the measurement. */
  public static void main(String[] arguments) throws GeneralSecurityException {
    byte[] body = push();
    Map<String, List<String>> headers =
        Map.of(
            "X-GitHub-Event", List.of("push"),
            "X-Hub-Signature-256", List.of("sha256=" + signature(body)));
    Webhook webhook =
        Webhook.builder(Provider.GITHUB, List.of(WebhookSecret.of(SECRET)))
            .maxBytes(body.length)
            .build();
    double fastest = Double.MAX_VALUE;
    double megabytes = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Allocation allocation = new Allocation();
      long began = System.nanoTime();
      Verdict verdict = webhook.judge(headers, body);
      fastest = Math.min(fastest, (System.nanoTime() - began) / NANOS_PER_MILLI);
      megabytes = allocation.megabytes();
      if (!(verdict instanceof Verdict.Push)) {
        throw new IllegalStateException("the push is " + verdict);
      }
    }
    double size = body.length / 1e6;
    System.out.println(CaseRow.head());
    System.out.println(new CaseRow("verify and read a push of 25 MB", fastest, 300, "ms"));
    System.out.println(
        new CaseRow("the body and what is allocated for it", size + megabytes, 3 * size, "MB"));
  }

  /** Many commits, whose messages and lists of files are most of it. */
  private static byte[] push() {
    StringBuilder json = new StringBuilder(SIZE + 10_000);
    json.append("{\"ref\":\"refs/heads/main\",\"commits\":[");
    for (int commit = 0; json.length() < SIZE; commit++) {
      json.append(commit == 0 ? "" : ",").append("{\"id\":\"").append(commit);
      json.append("\",\"message\":\"").append("a line of the message\\n".repeat(40));
      json.append("\",\"added\":[],\"removed\":[],\"modified\":[\"a\"");
      for (int file = 0; file < 200; file++) {
        json.append(",\"envs/prod/team-").append(commit).append("/service-").append(file);
        json.append("/deployment.yaml\"");
      }
      json.append("]}");
    }
    json.append("],\"repository\":{\"clone_url\":\"https://git.example.com/acme/shop.git\"}}");
    return json.toString().getBytes(UTF_8);
  }

  private static String signature(byte[] body) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    return HexFormat.of().formatHex(mac.doFinal(body));
  }
}
