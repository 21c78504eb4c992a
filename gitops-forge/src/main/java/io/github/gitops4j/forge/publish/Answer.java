package io.github.gitops4j.forge.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.JsonReader;
import java.net.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/**
 * What a host answered.
 *
 * @param what what was asked, for messages
 * @param status the status
 * @param headers the headers
 * @param body the body, within the limit
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, within the package
record Answer(String what, int status, HttpHeaders headers, byte[] body) {
  static final int LARGEST = 32 << 20;

  private static final JsonReader JSON =
      JsonReader.withLimits(DocumentLimits.builder().maxBytes(LARGEST).build());

  boolean isSuccess() {
    return status / 100 == 2;
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** Says whether there is another page. */
  boolean hasNext() {
    return headers.allValues("Link").stream().anyMatch(link -> link.contains("rel=\"next\""));
  }

  String text() {
    return new String(body, UTF_8);
  }

  /** Returns the body as an object. */
  Mapping object() {
    if (json() instanceof Mapping mapping) {
      return mapping;
    }
    throw notUnderstood();
  }

  /** Returns the body as a list of objects. */
  List<Mapping> objects() {
    if (!(json() instanceof Sequence sequence)) {
      throw notUnderstood();
    }
    List<Mapping> all = new ArrayList<>();
    for (int i = 0; i < sequence.size(); i++) {
      if (sequence.get(i) instanceof Mapping mapping) {
        all.add(mapping);
      }
    }
    return all;
  }

  private Value json() {
    try {
      return JSON.read("answer", body).root();
    } catch (InvalidInputException e) {
      throw notUnderstood();
    }
  }

  private PublishException notUnderstood() {
    return new PublishException(
        FailureCategory.UNAVAILABLE, what + " failed: the answer is not that of such an API");
  }
}
