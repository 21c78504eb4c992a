package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.ApiStream;
import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one collection from a version on, over as many requests as it takes. It is lost when the
 * server can no longer tell what happened since then.
 *
 * <p>Thread-safe.
 */
final class Watch implements ApiStream.Reader, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** The server ends each request after this time, and the next one goes on. */
  private static final int SECONDS = 240;

  /** From then on, a server that has not begun to answer is away. */
  private static final Duration UNANSWERED = Duration.ofSeconds(30);

  /** A server that sends bookmarks does so each minute. */
  private static final Duration SILENT = Duration.ofSeconds(150);

  /** One that sends none ends each request in time. */
  private static final Duration ENDLESS = Duration.ofSeconds(2 * SECONDS);

  private static final Duration SHORT = Duration.ofSeconds(1);

  /** What is told of a watch. */
  interface Listener {
    /** Something happened. Must not block. */
    void event(WatchEvent event);

    /** The connection is away, or the watch is lost. */
    void doubt();

    /** The server has begun to tell. */
    void opened();

    /**
     * The server refuses it for lack of rights; it is tried again until it is closed. Told before a
     * doubt.
     */
    void forbidden();
  }

  private enum State {
    /** What happens is told, or the first request is on its way. */
    FOLLOWING,
    /** The connection is away; it is tried again. */
    AWAY,
    /** What happened cannot be had any more. */
    LOST,
    CLOSED
  }

  private final ApiServer server;
  private final String collection;
  private final RetryPolicy retry;
  private final Ticker ticker;
  private final Listener listener;
  private String version;
  private State state = State.FOLLOWING;
  private @Nullable ApiStream stream;
  private long begun;
  private long heard;
  private Duration patience = UNANSWERED;
  private int failures;

  Watch(
      ApiServer server,
      String collection,
      String version,
      RetryPolicy retry,
      Ticker ticker,
      Listener listener) {
    this.server = server;
    this.collection = collection;
    this.version = version;
    this.retry = retry;
    this.ticker = ticker;
    this.listener = listener;
  }

  /** Says whether what happens is told. */
  synchronized boolean isFollowing() {
    if (state == State.FOLLOWING && ticker.nanos() - heard > patience.toNanos()) {
      state = State.AWAY;
      end();
      connectAfter(Duration.ZERO);
    }
    return state == State.FOLLOWING;
  }

  /** Says whether it will never tell anything again. */
  synchronized boolean isOver() {
    return state == State.LOST || state == State.CLOSED;
  }

  /** Returns the version up to which all was told, or is being told now. */
  synchronized String position() {
    return version;
  }

  /** Begins after a number of watches of the same collection that were lost at once. */
  synchronized void begin(int lostAtOnce) {
    if (lostAtOnce == 0) {
      connect();
    } else {
      state = State.AWAY;
      failures = lostAtOnce;
      connectAfter(retry.delay(lostAtOnce));
    }
  }

  private synchronized void connect() {
    if (isOver()) {
      return;
    }
    int seconds = SECONDS + ThreadLocalRandom.current().nextInt(SECONDS / 4);
    String query =
        "?watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + seconds
            + "&resourceVersion="
            + version;
    begun = ticker.nanos();
    heard = begun;
    patience = UNANSWERED;
    stream = server.stream(ApiRequest.get(collection + query), this);
  }

  @Override
  public void opened(ApiStream which) {
    synchronized (this) {
      if (state == State.AWAY) {
        state = State.FOLLOWING;
      }
      heard = ticker.nanos();
      patience = ENDLESS;
    }
    listener.opened();
  }

  @Override
  public void line(byte[] line) {
    WatchEvent event;
    try {
      event = WatchEvent.read(line);
      if (event.isError()) {
        lose(event.error());
        return;
      }
    } catch (GitOpsException e) {
      lose(e.failure().message());
      return;
    }
    // The position first: who joins in between is then told, or sees that it is beyond its list.
    synchronized (this) {
      heard = ticker.nanos();
      if (event.isBookmark()) {
        patience = SILENT;
      }
      if (!event.version().isEmpty()) {
        version = event.version();
      }
    }
    if (!event.isBookmark()) {
      listener.event(event);
    }
  }

  @Override
  public void ended(ApiStream which, Optional<ApiAnswer> answer) {
    if (answer.filter(refusal -> refusal.status() == 403).isPresent()) {
      listener.forbidden();
    }
    Optional<ApiAnswer> gone = answer.filter(refusal -> refusal.status() == 410);
    if (gone.isPresent()) {
      lose(gone.get().refusal().failure("watching").message());
    } else if (goesOn(answer.filter(ApiAnswer::isSuccess).isPresent())) {
      LOG.debug("{}: the watch is away", collection);
      listener.doubt();
    }
  }

  /** Tries again, and says whether what happened was told until now and is no longer. */
  private synchronized boolean goesOn(boolean inOrder) {
    if (isOver()) {
      return false;
    }
    if (ticker.nanos() - begun > SHORT.toNanos()) {
      failures = 0;
    }
    if (inOrder && failures == 0) {
      failures = 1;
      connect();
      return false;
    }
    failures++;
    boolean news = state == State.FOLLOWING;
    state = State.AWAY;
    connectAfter(retry.delay(failures));
    return news;
  }

  private void connectAfter(Duration pause) {
    Duration closed = server.closedFor();
    Duration wait = closed.compareTo(pause) > 0 ? closed : pause;
    CompletableFuture.delayedExecutor(wait.toMillis(), TimeUnit.MILLISECONDS)
        .execute(this::connect);
  }

  private void lose(String why) {
    synchronized (this) {
      if (isOver()) {
        return;
      }
      state = State.LOST;
      end();
    }
    LOG.debug("{}: the watch is lost: {}", collection, why);
    listener.doubt();
  }

  private void end() {
    ApiStream last = stream;
    if (last != null) {
      last.close();
    }
  }

  /** Tells nothing any more. */
  @Override
  public synchronized void close() {
    state = State.CLOSED;
    end();
  }
}
