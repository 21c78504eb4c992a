package io.github.gitops4j.kubernetes.internal.api;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.LiveStateException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The API server, reached through the client that the user hands in: its address, its credentials
 * and its interceptors; not its retries.
 *
 * <p>When the server says "later" with a {@code Retry-After}, nothing is sent before that time is
 * over. What it said "later" to is sent again by {@link #send}, as the server did nothing. A read
 * is sent again for any reason that may pass; a write is not, as it may have happened.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ApiServer {
  /** With the watches, fewer than the 100 streams that an API server allows on a connection. */
  private static final int IN_FLIGHT = 32;

  /** What Java's client says when a connection has as many streams as the server allows. */
  private static final String STREAMS = "too many concurrent streams";

  private static final Duration UNREAD = Duration.ofSeconds(1);

  private final HttpClient http;
  private final String base;
  private final boolean multiplexed;
  private final RetryPolicy retry;
  private final Duration requestLimit;
  private final Traffic traffic;

  private ApiServer(Builder builder) {
    RequestConfig quiet =
        new RequestConfigBuilder(builder.client.getConfiguration().getRequestConfig())
            .withRequestRetryBackoffLimit(0)
            .withRequestTimeout(0)
            .build();
    this.http = builder.client.getHttpClient().newBuilder().tag(quiet).build();
    String url = builder.client.getMasterUrl().toString();
    this.base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.multiplexed = !builder.client.getConfiguration().isHttp2Disable();
    this.retry = builder.retry;
    this.requestLimit = builder.requestLimit;
    this.traffic = new Traffic(builder.pause, IN_FLIGHT);
  }

  private ApiServer(ApiServer shared, RetryPolicy retry, Duration requestLimit) {
    this.http = shared.http;
    this.base = shared.base;
    this.multiplexed = shared.multiplexed;
    this.traffic = shared.traffic;
    this.retry = requireNonNull(retry, "retry");
    this.requestLimit = requireNonNull(requestLimit, "requestLimit");
  }

  /**
   * Returns the same server with other limits. How many requests are under way, and when the server
   * wants to be left alone, is in common.
   */
  public ApiServer with(RetryPolicy otherRetry, Duration otherLimit) {
    return new ApiServer(this, otherRetry, otherLimit);
  }

  /** Returns a builder. */
  public static Builder builder(KubernetesClient client) {
    return new Builder(requireNonNull(client, "client"));
  }

  /** Returns the address, without credentials. */
  public String address() {
    return base;
  }

  /**
   * Says whether all that is sent may share one connection. An API server allows 100 requests at a
   * time on it, and Java's client does not open another one.
   */
  public boolean isMultiplexed() {
    return multiplexed;
  }

  /**
   * Sends a request and waits for the answer, whatever its status is.
   *
   * @throws CallException if the call ends first
   * @throws GitOpsException with {@link FailureCategory#UNAVAILABLE} if there is no answer
   */
  public ApiAnswer send(ApiRequest request, CallContext call) {
    for (int attempt = 1; ; attempt++) {
      ApiAnswer answer;
      try {
        answer =
            request.isRead()
                ? retry.run(() -> await(request, sendAsync(request, call), call), call)
                : await(request, sendAsync(request, call), call);
      } catch (ServerBusy busy) {
        return busy.answer;
      }
      if (answer.status() != 429 || attempt >= 4) {
        return answer;
      }
      retry.pauseAfter(attempt, call);
    }
  }

  /**
   * Sends a request. It waits while the server wants to be left alone or too many others are under
   * way, and never repeats.
   *
   * @throws CallException if the call ends first
   * @throws LiveStateException if none of the others ends
   */
  public CompletableFuture<ApiAnswer> sendAsync(ApiRequest request, CallContext call) {
    traffic.enter(request, requestLimit, call);
    CompletableFuture<ApiAnswer> answer;
    try {
      answer = sentNow(request, call);
    } catch (RuntimeException e) {
      traffic.leave();
      throw e;
    }
    // A body that stops on its way is not limited by the client.
    long limit = call.remainingAtMost(requestLimit).plus(UNREAD).toMillis();
    var unused = answer.whenComplete((received, failure) -> traffic.leave());
    return answer.orTimeout(limit, TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<ApiAnswer> sentNow(ApiRequest request, CallContext call) {
    HttpRequest.Builder http1 =
        http.newHttpRequestBuilder()
            .uri(base + request.path())
            .header("Accept", request.accept())
            .timeout(call.remainingAtMost(requestLimit).toMillis() + 1, TimeUnit.MILLISECONDS);
    if (!request.isRead()) {
      // As text, for the client reads a stream once, and sends again when a token was renewed.
      http1 =
          http1
              .method(
                  request.method(),
                  request.contentType(),
                  new String(request.body(), StandardCharsets.UTF_8))
              .setHeader("Content-Type", request.contentType());
    }
    return http.sendAsync(http1.build(), byte[].class).thenApply(answer -> received(answer, call));
  }

  /** Opens a read whose answer has no end. It neither waits nor repeats. */
  public ApiStream stream(ApiRequest request, ApiStream.Reader reader) {
    ApiStream stream = new ApiStream(reader);
    HttpRequest read =
        http.newHttpRequestBuilder()
            .uri(base + request.path())
            .header("Accept", request.accept())
            .build();
    stream.open(
        opened(read, stream)
            .thenApply(
                response -> {
                  mindRetryAfter(response, Ticker.system());
                  return response;
                }));
    return stream;
  }

  /** A client that was closed meanwhile throws at once. */
  private CompletableFuture<HttpResponse<AsyncBody>> opened(HttpRequest read, ApiStream stream) {
    try {
      return http.consumeBytes(read, stream::take);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Returns how long the server wants to be left alone; zero if it does not. */
  public Duration closedFor() {
    return closedFor(Ticker.system());
  }

  /**
   * Waits for the answer to a request that was sent. What {@link #send} would send again, it does.
   *
   * @throws CallException if the call ends first
   * @throws GitOpsException with {@link FailureCategory#UNAVAILABLE} if there is no answer
   */
  public ApiAnswer finish(ApiRequest request, CompletableFuture<ApiAnswer> sent, CallContext call) {
    try {
      ApiAnswer answer = await(request, sent, call);
      return answer.status() == 429 ? send(request, call) : answer;
    } catch (CallException e) {
      throw e;
    } catch (GitOpsException e) {
      if (!request.isRead() || !e.retryable()) {
        throw e;
      }
      return send(request, call);
    }
  }

  private ApiAnswer await(ApiRequest request, CompletableFuture<ApiAnswer> sent, CallContext call) {
    try (var ignored = call.cancellation().onCancel(() -> sent.cancel(true))) {
      Duration limit = call.remainingAtMost(requestLimit);
      ApiAnswer answer = sent.get(limit.toMillis() + 1, TimeUnit.MILLISECONDS);
      if (request.isRead() && isPassing(answer.status())) {
        throw new ServerBusy(answer, answer.refusal().failure(request.toString()));
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(FailureCategory.CANCELLED, request + ": interrupted", e);
    } catch (TimeoutException e) {
      sent.cancel(true);
      call.checkActive(request.toString());
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE, request + " failed: no answer within " + requestLimit, e);
    } catch (ExecutionException | CancellationException e) {
      call.checkActive(request.toString());
      throw new ApplyException(failure(request, e));
    }
  }

  /** Says why there is no answer. */
  public Failure failure(ApiRequest request, Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause instanceof GitOpsException ours) {
      return ours.failure();
    }
    String tried = base + ": " + request + " failed: ";
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    if (why.contains(STREAMS)) {
      why += "; targets on one client share a KubernetesCluster";
    }
    return isUntrusted(cause)
        ? Failure.of(
            FailureCategory.UNAUTHENTICATED,
            tried + "the certificate of the server is not accepted: " + why,
            cause)
        : Failure.of(FailureCategory.UNAVAILABLE, tried + why, cause);
  }

  private static boolean isUntrusted(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .anyMatch(CertificateException.class::isInstance);
  }

  private static boolean isPassing(int status) {
    return status == 500 || status == 502 || status == 503 || status == 504;
  }

  private ApiAnswer received(HttpResponse<byte[]> response, CallContext call) {
    mindRetryAfter(response, call.ticker());
    byte[] body = response.body();
    return new ApiAnswer(response.code(), body == null ? new byte[0] : body);
  }

  private void mindRetryAfter(HttpResponse<?> response, Ticker ticker) {
    int status = response.code();
    String after = response.header("Retry-After");
    if ((status == 429 || status == 503) && after != null) {
      try {
        traffic.closeFor(Duration.ofSeconds(Long.parseLong(after.strip())), ticker);
      } catch (NumberFormatException e) {
        // A date: no API server sends one, and the pause between attempts has to do.
      }
    }
  }

  Duration closedFor(Ticker ticker) {
    return traffic.closedFor(ticker);
  }

  /** An answer that may be another one soon; carries the answer for when it is not. */
  private static final class ServerBusy extends GitOpsException {
    private static final long serialVersionUID = 1L;

    private final transient ApiAnswer answer;

    ServerBusy(ApiAnswer answer, Failure failure) {
      super(failure);
      this.answer = answer;
    }
  }

  /** Builds an {@link ApiServer}. Confined to one thread. */
  public static final class Builder {
    private final KubernetesClient client;
    private RetryPolicy retry = RetryPolicy.builder().build();
    private Pause pause = Pause.blocking();
    private Duration requestLimit = Duration.ofSeconds(30);

    private Builder(KubernetesClient client) {
      this.client = client;
    }

    /** Default the default of {@link RetryPolicy}. */
    public Builder retry(RetryPolicy value) {
      this.retry = requireNonNull(value, "retry");
      return this;
    }

    /** Default {@link Pause#blocking()}. */
    public Builder pause(Pause value) {
      this.pause = requireNonNull(value, "pause");
      return this;
    }

    /** Default 30 seconds: the longest wait for one answer. */
    public Builder requestLimit(Duration value) {
      this.requestLimit = requireNonNull(value, "requestLimit");
      return this;
    }

    /** Builds it; nothing is sent yet. */
    public ApiServer build() {
      return new ApiServer(this);
    }
  }
}
