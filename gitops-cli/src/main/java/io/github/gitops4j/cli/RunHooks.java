package io.github.gitops4j.cli;

import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.forge.webhook.Provider;
import io.github.gitops4j.forge.webhook.Webhook;
import io.github.gitops4j.forge.webhook.WebhookEndpoint;
import io.github.gitops4j.forge.webhook.WebhookHandler;
import io.github.gitops4j.forge.webhook.WebhookTrigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** The webhooks of a run: one address for each provider that there is a secret for. */
final class RunHooks implements AutoCloseable {
  private static final String PATH = "/hooks/";

  private final WebhookTrigger trigger = WebhookTrigger.create();
  private final Map<Provider, Webhook> webhooks = new TreeMap<>();

  // Its own, as a stranger may keep it busy for a moment.
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(WorkerThreads.named("gitops-hooks"));

  private RunHooks() {}

  /**
   * Reads the secrets.
   *
   * @param secrets each as {@code PROVIDER=FILE}
   */
  static RunHooks of(List<String> secrets) {
    Map<Provider, List<String>> files = new TreeMap<>();
    for (String given : secrets) {
      int equals = given.indexOf('=');
      if (equals < 0) {
        throw Problems.wrong(
            "--webhook-secret", "expected PROVIDER=FILE such as github=secret.txt, not " + given);
      }
      Provider provider = SecretFile.provider("--webhook-secret", given.substring(0, equals));
      files.computeIfAbsent(provider, any -> new ArrayList<>()).add(given.substring(equals + 1));
    }
    RunHooks hooks = new RunHooks();
    files.forEach(
        (provider, all) ->
            hooks.webhooks.put(
                provider,
                SecretFile.build(
                    Webhook.builder(provider, all.stream().map(SecretFile::read).toList()), all)));
    return hooks;
  }

  WebhookTrigger trigger() {
    return trigger;
  }

  /** Mounts them in a server, and returns their paths. */
  List<String> mount(HttpServer server) {
    Scheduler scheduler = Scheduler.of(timer);
    List<String> paths = new ArrayList<>();
    webhooks.forEach(
        (provider, webhook) -> {
          WebhookEndpoint endpoint = WebhookEndpoint.builder(webhook, trigger).build();
          server.createContext(PATH + provider.id(), WebhookHandler.of(endpoint, scheduler));
          paths.add(PATH + provider.id());
        });
    return paths;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
