package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.ApiStream;
import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows whether the head is as it was read, without asking for it. One request tells of the head as
 * it is and of each change; when it has ended, nothing is known until the head was read again.
 *
 * <p>Thread-safe.
 */
final class HeadWatch implements ApiStream.Reader, AutoCloseable {
  /** A program that makes one pass has no use for a watch. */
  private static final int READS_OF_A_PASS = 2;

  /** The server ends the request after this time. */
  private static final int SECONDS = 1800;

  /** The server says each minute that it is there. */
  private static final Duration SILENT = Duration.ofSeconds(150);

  private final ApiServer server;
  private final ApiRequest request;
  private final Ticker ticker;
  private @Nullable ApiStream stream;
  private String latest = "";
  private long heard;
  private int reads;
  private boolean over;

  /**
   * Creates a watch that has not begun.
   *
   * @param collection where the head is
   * @param head its name
   */
  HeadWatch(ApiServer server, String collection, String head, Ticker ticker) {
    this.server = server;
    this.request =
        ApiRequest.get(
            collection
                + "?watch=true&allowWatchBookmarks=true&fieldSelector=metadata.name%3D"
                + head
                + "&timeoutSeconds="
                + SECONDS);
    this.ticker = ticker;
  }

  /** Says whether the head still has that version, as far as it is told. */
  synchronized boolean holds(String version) {
    return stream != null && !isSilent() && latest.equals(version);
  }

  /** Begins, or begins again, when the head has to be read. */
  synchronized void follow() {
    reads++;
    if (over || reads <= READS_OF_A_PASS || (stream != null && !isSilent())) {
      return;
    }
    end();
    heard = ticker.nanos();
    stream = server.stream(request, this);
  }

  private boolean isSilent() {
    return ticker.nanos() - heard > SILENT.toNanos();
  }

  @Override
  public synchronized void opened(ApiStream which) {
    heard = ticker.nanos();
  }

  @Override
  public void line(byte[] line) {
    WatchEvent event;
    try {
      event = WatchEvent.read(line);
    } catch (GitOpsException e) {
      end();
      return;
    }
    take(event);
  }

  private synchronized void take(WatchEvent event) {
    heard = ticker.nanos();
    if (event.isWrite()) {
      latest = event.version();
    } else if (event.isDeletion()) {
      latest = "";
    } else if (!event.isBookmark()) {
      end();
    }
  }

  @Override
  public synchronized void ended(ApiStream which, Optional<ApiAnswer> answer) {
    if (which == stream) {
      end();
    }
    // Who may not watch now will not be allowed to soon.
    over |= answer.filter(refusal -> refusal.status() == 403).isPresent();
  }

  private synchronized void end() {
    ApiStream last = stream;
    stream = null;
    latest = "";
    if (last != null) {
      last.close();
    }
  }

  /** Ends it for good. */
  @Override
  public synchronized void close() {
    over = true;
    end();
  }
}
