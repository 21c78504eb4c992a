package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A webhook, answered by the test itself, that the API server asks about each write to a namespace.
 *
 * <p>It takes part in dry runs too, and a write fails if it does not answer. The API server asks it
 * from the moment when it is handed out until {@link #close()}. Thread-safe, if what answers is.
 *
 * @since 0.1.0
 */
public final class AdmissionWebhook implements AutoCloseable {
  private static final String PATH =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
  private static final Pattern UID = Pattern.compile("\"request\":\\{\"uid\":\"([^\"]+)\"");

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final ControlPlane plane;
  private final TestNamespace namespace;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool(AdmissionWebhook::daemon);
  private final String name;
  private final Function<String, String> answer;
  private final AtomicLong reviews = new AtomicLong();

  private AdmissionWebhook(
      ControlPlane plane,
      TestNamespace namespace,
      HttpsServer server,
      Function<String, String> answer) {
    this.plane = plane;
    this.namespace = namespace;
    this.name = namespace.name();
    this.server = server;
    this.answer = answer;
  }

  /**
   * Let a webhook change what is written.
   *
   * @param patch gives, for the JSON of a review, a JSON patch of the object: {@code []} for none
   */
  public static AdmissionWebhook changing(
      ControlPlane plane, TestNamespace namespace, Function<String, String> patch) {
    requireNonNull(patch, "patch");
    return start(
        plane,
        namespace,
        review ->
            "\"allowed\":true,\"patchType\":\"JSONPatch\",\"patch\":\""
                + Base64.getEncoder().encodeToString(patch.apply(review).getBytes(UTF_8))
                + '"');
  }

  /**
   * Let a webhook refuse what is written.
   *
   * @param message what it says; without quotes and backslashes
   */
  public static AdmissionWebhook refusing(
      ControlPlane plane, TestNamespace namespace, String message) {
    requireNonNull(message, "message");
    return start(
        plane,
        namespace,
        review -> "\"allowed\":false,\"status\":{\"message\":\"" + message + "\"}");
  }

  /** Count the reviews that were asked for so far, dry runs included. */
  public long reviews() {
    return reviews.get();
  }

  /** Take the webhook away. */
  @Override
  public void close() {
    plane.client().delete(PATH + "/" + name);
    await(false);
    server.stop(0);
    threads.shutdownNow();
  }

  private static AdmissionWebhook start(
      ControlPlane plane, TestNamespace namespace, Function<String, String> answer) {
    ServerCertificate certificate = ServerCertificate.ofThisProcess();
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
      server.setHttpsConfigurator(new HttpsConfigurator(certificate.serverContext()));
      AdmissionWebhook webhook = new AdmissionWebhook(plane, namespace, server, answer);
      server.setExecutor(webhook.threads);
      server.createContext("/", webhook::review);
      server.start();
      webhook.register(certificate);
      return webhook;
    } catch (IOException e) {
      throw new UncheckedIOException("admission webhook: starting it failed", e);
    }
  }

  private void register(ServerCertificate certificate) {
    String configuration =
        """
        {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfiguration",
         "metadata": {"name": "%1$s"},
         "webhooks": [{
           "name": "%1$s.example.invalid", "admissionReviewVersions": ["v1"], "sideEffects": "None",
           "failurePolicy": "Fail", "timeoutSeconds": 10,
           "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "%1$s"}},
           "clientConfig": {"url": "https://127.0.0.1:%2$d/", "caBundle": "%3$s"},
           "rules": [{"apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*"],
                      "operations": ["CREATE", "UPDATE"]}]}]}
        """
            .formatted(
                name,
                server.getAddress().getPort(),
                Base64.getEncoder().encodeToString(certificate.pem().getBytes(UTF_8)));
    PlaneAnswer made = plane.client().post(PATH, configuration);
    if (!made.isSuccess()) {
      server.stop(0);
      throw new IllegalStateException("admission webhook: registering it failed: " + made.body());
    }
    await(true);
  }

  /** The API server learns of a configuration a little later: see whether a dry run comes here. */
  private void await(boolean asked) {
    long end = System.nanoTime() + LIMIT.toNanos();
    long before;
    do {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("admission webhook: the API server did not take notice");
      }
      before = reviews.get();
      plane
          .client()
          .post(
              namespace.core("configmaps?dryRun=All"),
              "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"probe\"}}");
    } while (reviews.get() > before != asked);
  }

  private void review(HttpExchange exchange) throws IOException {
    try (exchange) {
      reviews.incrementAndGet();
      String review = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      Matcher uid = UID.matcher(review);
      if (!uid.find()) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      byte[] body =
          ("{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\",\"response\":{"
                  + "\"uid\":\""
                  + uid.group(1)
                  + "\","
                  + answer.apply(review)
                  + "}}")
              .getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "admission-webhook");
    thread.setDaemon(true);
    return thread;
  }
}
