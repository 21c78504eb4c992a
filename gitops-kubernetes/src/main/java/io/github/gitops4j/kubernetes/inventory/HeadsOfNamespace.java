package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.ApiStream;
import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows which versions the heads in one namespace have. One request tells of them as they are and
 * of each change; when it has ended, nothing is known until a head was read again.
 *
 * <p>Thread-safe.
 */
final class HeadsOfNamespace implements ApiStream.Reader, AutoCloseable {
  /** The server ends the request after this time. */
  private static final int SECONDS = 1800;

  /** The server says each minute that it is there. */
  private static final Duration SILENT = Duration.ofSeconds(150);

  /** Rights change seldom. */
  private static final Duration RARELY = Duration.ofMinutes(10);

  private final ApiServer server;
  private final ApiRequest request;
  private final Ticker ticker;
  private final Map<String, String> latest = new HashMap<>();
  private @Nullable ApiStream stream;
  private @Nullable Long refused;
  private long heard;
  private boolean over;

  /**
   * Creates a watch that has not begun.
   *
   * @param collection where the heads are
   * @param label what all of them have, and nothing else
   */
  HeadsOfNamespace(ApiServer server, String collection, String label, Ticker ticker) {
    this.server = server;
    this.request =
        ApiRequest.get(
            collection
                + "?watch=true&allowWatchBookmarks=true&labelSelector="
                + label
                + "&timeoutSeconds="
                + SECONDS);
    this.ticker = ticker;
  }

  /** Says whether a head still has that version, as far as it is told. */
  synchronized boolean holds(String head, String version) {
    return stream != null && !isSilent() && version.equals(latest.get(head));
  }

  /** Begins, or begins again, when a head has to be read. */
  synchronized void follow() {
    boolean isRefused = refused != null && ticker.nanos() - refused < RARELY.toNanos();
    if (over || isRefused || (stream != null && !isSilent())) {
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
      latest.put(event.name(), event.version());
    } else if (event.isDeletion()) {
      latest.remove(event.name());
    } else if (!event.isBookmark()) {
      end();
    }
  }

  @Override
  public synchronized void ended(ApiStream which, Optional<ApiAnswer> answer) {
    if (which == stream) {
      end();
    }
    if (answer.filter(refusal -> refusal.status() == 403).isPresent()) {
      refused = ticker.nanos();
    }
  }

  private synchronized void end() {
    ApiStream last = stream;
    stream = null;
    latest.clear();
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
