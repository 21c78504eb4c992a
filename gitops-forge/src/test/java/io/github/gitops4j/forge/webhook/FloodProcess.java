package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.SECRET;

import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Controller;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A process with little memory that is flooded with deliveries: some of a hundred bytes, some of a
 * megabyte, some that are not genuine.
 */
final class FloodProcess {
  private static final int DELIVERIES = 10_000;
  private static final int SENDERS = 50;
  private static final String MEGABYTE = "\"padding\": \"" + "a".repeat(1 << 20) + "\",";

  private final Map<Integer, AtomicInteger> answers = new TreeMap<>();
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(60)).build();
  private final Shops shops = new Shops("https://git.example.com/acme/shop.git");
  private final URI address;

  private FloodProcess(URI address) {
    this.address = address;
  }

  /** Starts one. */
  static Process start(Path errors) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+ExitOnOutOfMemoryError",
            "-cp",
            System.getProperty("java.class.path"),
            FloodProcess.class.getName())
        .redirectError(errors.toFile())
        .start();
  }

  /** Runs in the child, and prints what came of it. */
  public static void main(String[] arguments) throws Exception {
    ExecutorService executor = Executors.newCachedThreadPool();
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    WebhookTrigger trigger = WebhookTrigger.create();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (Controller controller =
        Controller.builder(executor, Scheduler.of(timer)).trigger(trigger).build()) {
      Webhook webhook = Webhook.builder(Provider.GITHUB, List.of(WebhookSecret.of(SECRET))).build();
      WebhookEndpoint endpoint = WebhookEndpoint.builder(webhook, trigger).build();
      server.createContext("/hook", WebhookHandler.of(endpoint, Scheduler.of(timer)));
      server.setExecutor(executor);
      server.start();
      new FloodProcess(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook"))
          .run(controller);
    } finally {
      server.stop(0);
      timer.shutdownNow();
      executor.shutdownNow();
    }
  }

  private void run(Controller controller) throws Exception {
    controller.put(shops.application("shop"));
    controller.reconcileNow("shop").get();
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> ends = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      ends.add(senders.submit(() -> send(next)));
    }
    for (Future<?> end : ends) {
      end.get();
    }
    senders.shutdown();
    shops.commit(DELIVERIES);
    while (post(0) != 200) {
      // Busy at the end of the flood is an answer too; the host tries again.
    }
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> shops.live().equals(Integer.toString(DELIVERIES)));
    System.out.println("answers=" + answers);
    System.out.println("atOnce=" + shops.mostAtOnce);
    System.out.println("passes=" + shops.passes);
    System.out.println("live=" + shops.live());
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    System.out.println("heap=" + heap.getUsed() + " of " + heap.getMax());
  }

  private void send(AtomicInteger next) {
    for (int number = next.getAndIncrement();
        number < DELIVERIES;
        number = next.getAndIncrement()) {
      if (number % 100 == 0) {
        shops.commit(number);
      }
      int status = post(number);
      synchronized (answers) {
        answers.computeIfAbsent(status, any -> new AtomicInteger()).incrementAndGet();
      }
    }
  }

  /** Returns the status, or 0 if the connection broke. */
  private int post(int number) {
    Sent sent =
        Sent.github(
            "push", Sent.push("refs/heads/main", BEFORE, AFTER, number % 50 == 1 ? MEGABYTE : ""));
    if (number % 10 == 2) {
      sent.header("X-Hub-Signature-256", "sha256=" + "0".repeat(64));
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(60))
            .POST(HttpRequest.BodyPublishers.ofByteArray(sent.body()));
    sent.headers().forEach((name, all) -> request.header(name, all.get(0)));
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
