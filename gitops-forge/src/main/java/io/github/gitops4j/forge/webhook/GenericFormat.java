package io.github.gitops4j.forge.webhook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Webhooks that somebody makes, such as a job of a pipeline: a JSON object with the URL of the
 * {@code repository} and, if it likes, {@code ref}, {@code before} and {@code after}; or that
 * object as {@code data} of another one.
 */
final class GenericFormat implements Format {
  private static final String DATA = "data";
  private static final String REPOSITORY = "repository";
  private static final String EVENT = "push";

  private static final Shape SHAPE =
      Shape.of(
          Stream.of("", DATA + ".")
              .flatMap(
                  at ->
                      Stream.concat(
                              Stream.of("ref", "before", "after", REPOSITORY),
                              GithubFormat.REPOSITORY.stream().map(name -> REPOSITORY + "." + name))
                          .map(at::concat))
              .toArray(String[]::new));

  private final boolean standard;

  private GenericFormat(boolean standard) {
    this.standard = standard;
  }

  /** Signed by an HMAC of the body in a header. */
  static GenericFormat ofHmac() {
    return new GenericFormat(false);
  }

  /** Signed as Standard Webhooks has it. */
  static GenericFormat ofStandard() {
    return new GenericFormat(true);
  }

  @Override
  public Proof proof(List<WebhookSecret> secrets, Duration tolerance) {
    return standard ? StandardSignature.of(secrets, tolerance) : new NamedSignature(secrets);
  }

  @Override
  public Shape shape() {
    return SHAPE;
  }

  @Override
  public Delivery delivery(Headers headers, Body body) {
    return standard
        ? new Delivery(Provider.STANDARD_WEBHOOKS, EVENT, headers.value(StandardSignature.ID))
        : new Delivery(Provider.GENERIC_HMAC, EVENT, "");
  }

  @Override
  public Verdict read(Delivery delivery, Body body) throws PayloadException {
    Payload whole = body.payload();
    Payload payload = whole.at(DATA).isObject() ? whole.at(DATA) : whole;
    List<String> urls = new ArrayList<>(List.of(payload.text(REPOSITORY)));
    GithubFormat.REPOSITORY.forEach(name -> urls.add(payload.text(REPOSITORY, name)));
    // Without a ref it says: look.
    List<RefUpdate> updates =
        payload.text("ref").isEmpty()
            ? List.of()
            : List.of(
                GithubFormat.update(
                    payload, GithubFormat.change(payload), new ChangedFiles.Unknown()));
    return Pushes.of(delivery, Repositories.of(urls), updates);
  }
}
