package io.github.gitops4j.forge.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Value;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends requests to one API, with the token, and to nowhere else. Thread-safe. */
final class ForgeHttp {
  private static final int MOST_REDIRECTS = 3;

  private final Forge forge;
  private final URI api;
  private final HttpClient http;
  private final Supplier<Sensitive<String>> tokens;
  private final Duration timeout;
  private final InstantSource clock;
  private final Optional<Addresses> addresses;
  private volatile @Nullable Sensitive<String> refused;

  ForgeHttp(ForgeClient.Builder builder, HttpClient http) {
    this.forge = builder.forge;
    this.api = builder.api;
    this.tokens = builder.tokens;
    this.timeout = builder.timeout;
    this.clock = builder.clock;
    this.addresses = builder.addresses;
    this.http = http;
  }

  Answer get(String path) {
    return success(send("GET", path, null));
  }

  Answer post(String path, Value body) {
    return success(send("POST", path, body));
  }

  Answer send(String method, String path, @Nullable Value body) {
    Sensitive<String> token = token();
    URI uri = URI.create(api + path);
    String what = method + " " + uri;
    Answer answer = exchange(what, method, uri, token, body);
    for (int i = 0; i < MOST_REDIRECTS && answer.status() / 100 == 3; i++) {
      Optional<URI> next = redirect(uri, answer);
      if (next.isEmpty()) {
        break;
      }
      uri = next.get();
      answer = exchange(what, method, uri, token, body);
    }
    if (answer.status() == 401) {
      refused = token;
    }
    return answer;
  }

  /** Returns the answer if it is a success, and throws what it means if not. */
  Answer success(Answer answer) {
    if (answer.isSuccess()) {
      return answer;
    }
    throw refusal(answer);
  }

  PublishException refusal(Answer answer) {
    return Refusal.of(answer, clock.instant(), given().reveal(text -> text));
  }

  /** A token that was refused is not sent again: hosts lock out whoever tries for long. */
  private Sensitive<String> token() {
    Sensitive<String> token = given();
    if (isRefused(token)) {
      throw new PublishException(
          FailureCategory.UNAUTHENTICATED,
          api.getHost() + ": the token was refused, and there is no other one yet");
    } else if (token.reveal(
        text -> text.isEmpty() || !text.chars().allMatch(c -> c > 32 && c < 127))) {
      throw new PublishException(
          FailureCategory.UNAUTHENTICATED,
          api.getHost() + ": the token is empty, or has characters that no token has");
    }
    return token;
  }

  private boolean isRefused(Sensitive<String> token) {
    Sensitive<String> last = refused;
    return last != null && last.equals(token);
  }

  /** What the supplier throws may hold a secret, and is the cause only. */
  private Sensitive<String> given() {
    Sensitive<String> token;
    String getting = api.getHost() + ": getting the token failed: ";
    try {
      token = tokens.get();
    } catch (RuntimeException e) {
      throw new PublishException(
          Failure.of(FailureCategory.UNAUTHENTICATED, getting + Failure.from(e).message(), e));
    }
    if (token == null) {
      throw new PublishException(
          FailureCategory.UNAUTHENTICATED, getting + "the supplier gave null");
    }
    return token;
  }

  private Answer exchange(
      String what, String method, URI uri, Sensitive<String> token, @Nullable Value body) {
    addresses.ifPresent(known -> known.checkPublic(uri.getHost()));
    // Without TLS the other version begins with an upgrade, which not every proxy lets pass.
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(timeout).version(HttpClient.Version.HTTP_1_1);
    headers(token).forEach(request::setHeader);
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.setHeader("Content-Type", "application/json");
      request.method(
          method, HttpRequest.BodyPublishers.ofByteArray(Document.of(body).canonicalJson()));
    }
    CompletableFuture<HttpResponse<byte[]>> coming =
        http.sendAsync(request.build(), head -> new BoundedBody(Answer.LARGEST));
    try {
      HttpResponse<byte[]> response = coming.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(what, response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      coming.cancel(true);
      throw late(what, e);
    } catch (InterruptedException e) {
      coming.cancel(true);
      Thread.currentThread().interrupt();
      throw new PublishException(
          Failure.of(FailureCategory.CANCELLED, what + " failed: interrupted", e));
    } catch (ExecutionException e) {
      throw broken(what, e.getCause() == null ? e : e.getCause());
    }
  }

  private Map<String, String> headers(Sensitive<String> token) {
    String value = token.reveal(this::credentials);
    return switch (forge) {
      case GITHUB ->
          Map.of(
              "Authorization", value,
              "Accept", "application/vnd.github+json",
              "X-GitHub-Api-Version", "2022-11-28",
              "User-Agent", "gitops4j");
      case GITLAB ->
          Map.of("PRIVATE-TOKEN", value, "Accept", "application/json", "User-Agent", "gitops4j");
      default ->
          Map.of("Authorization", value, "Accept", "application/json", "User-Agent", "gitops4j");
    };
  }

  private String credentials(String token) {
    return switch (forge) {
      case GITLAB -> token;
      case GITEA, FORGEJO -> "token " + token;
      case BITBUCKET_CLOUD, BITBUCKET_DC ->
          token.indexOf(':') > 0
              ? "Basic " + Base64.getEncoder().encodeToString(token.getBytes(UTF_8))
              : "Bearer " + token;
      case GITHUB -> "Bearer " + token;
    };
  }

  /** A host may have moved a repository; the token goes nowhere but to scheme, host and port. */
  private Optional<URI> redirect(URI from, Answer answer) {
    try {
      URI next = from.resolve(answer.header("location"));
      return !answer.header("location").isEmpty() && Origin.of(next).equals(Origin.of(api))
          ? Optional.of(next)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private PublishException broken(String what, Throwable cause) {
    if (cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException)) {
      return late(what, cause);
    } else if (cause instanceof BoundedBody.TooLarge) {
      String message = what + " failed: the answer has more than " + Answer.LARGEST + " bytes";
      return new PublishException(Failure.of(FailureCategory.UNAVAILABLE, message, cause));
    } else if (cause instanceof IOException problem) {
      String message = what + " failed: no answer, " + Failure.reasonOf(problem);
      return new PublishException(Failure.of(FailureCategory.UNAVAILABLE, message, cause));
    }
    return new PublishException(Failure.from(cause));
  }

  private PublishException late(String what, Throwable cause) {
    return new PublishException(
        Failure.of(FailureCategory.TIMEOUT, what + " failed: no answer within " + timeout, cause));
  }
}
