package io.github.gitops4j.kubernetes.internal.api;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.JsonReader;

/**
 * What the server answered.
 *
 * <p>Immutable as long as nobody changes the bytes of its body.
 *
 * @since 0.1.0
 */
public final class ApiAnswer {
  private static final JsonReader READER =
      JsonReader.withLimits(
          DocumentLimits.builder().maxBytes(256 << 20).maxNodes(20_000_000).build());

  private final int status;
  private final byte[] body;

  /**
   * Creates an answer.
   *
   * @param status the HTTP status
   * @param body the body, which nobody changes any more
   */
  public ApiAnswer(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /** Returns the HTTP status. */
  public int status() {
    return status;
  }

  /** Returns the body; do not change it. */
  public byte[] body() {
    return body;
  }

  /** Says whether the server did what was asked. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /**
   * Reads the body as JSON.
   *
   * @throws io.github.gitops4j.error.InvalidInputException if it is none
   */
  public Document document() {
    return READER.read("answer", body);
  }

  /** Reads the body of a refusal. */
  public ApiStatus refusal() {
    return ApiStatus.of(this);
  }

  /**
   * Returns why the server refused what was tried on an object; without values of fields if it is a
   * Secret.
   *
   * @param what what was tried, such as {@code updating}
   */
  public Failure failure(ResourceKey key, String what) {
    String tried = key + ": " + what;
    return key.kind().equals("Secret")
        ? refusal().failureWithoutValues(tried)
        : refusal().failure(tried);
  }

  /** Leaves the body out: it may be secret. */
  @Override
  public String toString() {
    return "ApiAnswer[" + status + ", " + body.length + " bytes]";
  }
}
