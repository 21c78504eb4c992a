package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.Settings;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.forge.publish.ForgeClient;
import io.github.gitops4j.forge.publish.Publisher;
import io.github.gitops4j.forge.publish.StatusPublisher;
import io.github.gitops4j.resource.Globs;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** What a run publishes: a repository for each document of a file. */
final class RunPublishing implements AutoCloseable {
  private final Publisher publisher;
  private final List<StatusPublisher> listeners = new ArrayList<>();

  private RunPublishing(Publisher publisher) {
    this.publisher = publisher;
  }

  /**
   * Reads the file, if there is one.
   *
   * @throws InvalidInputException if something in it is wrong, with its line
   */
  static RunPublishing open(Optional<Path> file, Executor executor, Scheduler scheduler) {
    RunPublishing publishing = new RunPublishing(Publisher.builder(executor, scheduler).build());
    file.map(Path::toString).ifPresent(publishing::read);
    return publishing;
  }

  private void read(String file) {
    List<InvalidInputException> findings = new ArrayList<>();
    for (DocumentPart part : YamlReader.create().read(file, FileOperand.bytes(file))) {
      Settings top = Settings.of(file, part.document().root(), part.line(), findings);
      top.expect("apiVersion", ApplicationReader.API_VERSION);
      top.expect("kind", "Publishing");
      Settings spec = top.child("spec");
      repository(spec, findings);
      top.done();
    }
    if (listeners.isEmpty() && findings.isEmpty()) {
      findings.add(new InvalidInputException(file, 0, 0, "expected a repository; it is empty"));
    }
    InvalidInputException.throwFirst(findings);
  }

  private void repository(Settings spec, List<InvalidInputException> findings) {
    int before = findings.size();
    Optional<ForgeClient> client = client(spec, findings);
    Globs applications = globs(spec);
    boolean statuses = spec.flag("statuses", true);
    boolean deployments = spec.flag("deployments", false);
    Optional<URI> page = page(spec);
    spec.done();
    if (client.isEmpty() || findings.size() > before) {
      return;
    }
    StatusPublisher.Builder listener =
        StatusPublisher.builder(publisher, client.get())
            .applications(applications::take)
            .pages(any -> page);
    if (!statuses) {
      listener.withoutStatuses();
    }
    if (deployments) {
      listener.deployments();
    }
    listeners.add(listener.build());
  }

  private static Optional<ForgeClient> client(Settings spec, List<InvalidInputException> findings) {
    int before = findings.size();
    String forge = spec.text("forge");
    Optional<String> api = spec.optionalText("api");
    String repository = spec.text("repository");
    boolean hasToken = !spec.text("tokenFile").isEmpty();
    String token = spec.path("tokenFile").map(Path::toString).orElse("");
    boolean plainHttp = spec.flag("plainHttp", false);
    boolean publicOnly = spec.flag("publicOnly", false);
    if (!hasToken || findings.size() > before) {
      return Optional.empty();
    }
    try {
      // A token that is wrong at the beginning would else be found out late.
      TokenFile.read(token);
      ForgeClient.Builder client =
          ForgeOptions.builder(
              spec.file(),
              ForgeOptions.forge(spec.file(), forge),
              api,
              repository,
              () -> TokenFile.read(token));
      if (plainHttp) {
        client.plainHttp();
      }
      if (publicOnly) {
        client.publicAddressesOnly();
      }
      return Optional.of(ForgeOptions.build(spec.file(), client));
    } catch (InvalidInputException e) {
      findings.add(e);
      return Optional.empty();
    }
  }

  private static Globs globs(Settings spec) {
    List<String> patterns = spec.has("applications") ? spec.texts("applications") : List.of("**");
    try {
      return Globs.of(patterns);
    } catch (IllegalArgumentException e) {
      spec.wrong("applications", String.valueOf(e.getMessage()));
      return Globs.of(List.of());
    }
  }

  private static Optional<URI> page(Settings spec) {
    Optional<String> text = spec.optionalText("url");
    if (text.isPresent() && !text.get().matches("https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+")) {
      spec.wrong("url", "a URL");
      return Optional.empty();
    }
    return text.map(URI::create);
  }

  void tell(ControllerEvent event) {
    listeners.forEach(listener -> listener.onEvent(event));
  }

  @Override
  public void close() {
    publisher.close();
  }
}
