package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/** Judges an {@code Authorization} header. */
final class HttpChallenge {
  private HttpChallenge() {}

  /** Give the challenge to answer with, or nothing for one who may enter. */
  static Optional<String> of(HttpAccess access, Optional<String> authorization) {
    if (access instanceof HttpAccess.Anonymous) {
      return Optional.empty();
    }
    if (access instanceof HttpAccess.Basic basic) {
      byte[] pair = (basic.user() + ':' + basic.password()).getBytes(UTF_8);
      String expected = "Basic " + Base64.getEncoder().encodeToString(pair);
      return refuse(authorization, expected, "Basic realm=\"testkit\", charset=\"UTF-8\"");
    }
    if (access instanceof HttpAccess.Bearer bearer) {
      return refuse(authorization, "Bearer " + bearer.token(), "Bearer realm=\"testkit\"");
    }
    throw new AssertionError(access);
  }

  private static Optional<String> refuse(Optional<String> sent, String expected, String challenge) {
    return sent.filter(expected::equals).isPresent() ? Optional.empty() : Optional.of(challenge);
  }
}
