package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What a {@link GitHttpServer} does in place of a sound answer. Faults below HTTP are {@link
 * TcpFault}s, see {@link GitHttpServer#tcp()}. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface GitFault {
  /**
   * Answer with a status and a short text.
   *
   * @param code from 200 to 599
   * @param retryAfter the value of a {@code Retry-After} header
   */
  record Status(int code, Optional<Duration> retryAfter) implements GitFault {
    /** Check the parts. */
    public Status {
      requireNonNull(retryAfter, "retryAfter");
      if (code < 200 || code > 599) {
        throw new IllegalArgumentException("status " + code + ": not from 200 to 599");
      }
    }

    /** Answer with a status alone. */
    public static Status of(int code) {
      return new Status(code, Optional.empty());
    }
  }

  /** Answer 200 with an HTML page, as a login page of a proxy does. */
  record HtmlPage() implements GitFault {}

  /**
   * Give the sound answer under another content type.
   *
   * @param contentType the header's value
   */
  record ContentType(String contentType) implements GitFault {
    /** Check the header. */
    public ContentType {
      requireNonNull(contentType, "contentType");
    }
  }

  /**
   * Answer 302 with this location.
   *
   * @param location absolute or relative, sent as it is
   */
  record Redirect(URI location) implements GitFault {
    /** Check the location. */
    public Redirect {
      requireNonNull(location, "location");
    }
  }

  /**
   * Give the sound answer up to so many bytes of its body, then reset the connection (RST). A
   * client may lose some of the last bytes.
   *
   * @param bodyBytes zero resets after the headers
   */
  record ResetAfter(long bodyBytes) implements GitFault {
    /** Check the number. */
    public ResetAfter {
      check(bodyBytes, 0);
    }
  }

  /**
   * Give the sound answer up to so many bytes of its body, then end the answer in good form: a
   * truncated pack.
   *
   * @param bodyBytes zero gives an empty body
   */
  record TruncateAfter(long bodyBytes) implements GitFault {
    /** Check the number. */
    public TruncateAfter {
      check(bodyBytes, 0);
    }
  }

  /** Take the request and answer nothing until the server is closed. */
  record Silent() implements GitFault {}

  /**
   * Give the sound answer slowly.
   *
   * @param bytesPerSecond of the body, at least one
   */
  record Slow(long bytesPerSecond) implements GitFault {
    /** Check the number. */
    public Slow {
      check(bytesPerSecond, 1);
    }
  }

  /**
   * Answer a fetch with a pack of sound objects that goes on until so many bytes; other kinds of
   * request get their sound answer.
   *
   * @param maxBytes the end, for a client that takes them all
   * @param declaredObjects the number of objects that the pack's header speaks of; some clients
   *     reserve memory by it
   */
  record EndlessPack(long maxBytes, int declaredObjects) implements GitFault {
    /** Check the numbers. */
    public EndlessPack {
      check(maxBytes, 1);
      check(declaredObjects, 1);
    }

    /** Speak of a million objects. */
    public static EndlessPack of(long maxBytes) {
      return new EndlessPack(maxBytes, 1_000_000);
    }
  }

  /**
   * Answer 200 with the right content type and so many meaningless bytes, the same ones each time.
   *
   * @param bytes the length of the body
   */
  record Garbage(long bytes) implements GitFault {
    /** Check the number. */
    public Garbage {
      check(bytes, 1);
    }
  }

  private static void check(long amount, long least) {
    if (amount < least) {
      throw new IllegalArgumentException("git fault: " + amount + " is below " + least);
    }
  }
}
