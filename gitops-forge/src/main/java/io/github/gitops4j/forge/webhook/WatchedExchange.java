package io.github.gitops4j.forge.webhook;

import com.sun.net.httpserver.HttpExchange;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An exchange that ends in time. The server reads on for the rest of a body when an exchange is
 * closed, with no limit of time; only an interrupt, which closes the connection, ends that.
 *
 * <p>Thread-safe.
 */
final class WatchedExchange implements AutoCloseable {
  private final HttpExchange exchange;
  private final Thread thread;
  private final Body body;
  private final boolean wasInterrupted;
  private final Object lock = new Object();
  private State state = State.READING;

  private enum State {
    READING,
    ANSWERED,
    GIVEN_UP,
    CLOSED
  }

  /**
   * Creates it.
   *
   * @param thread the one that reads, which is this one
   */
  WatchedExchange(HttpExchange exchange, Thread thread) {
    this.exchange = exchange;
    this.thread = thread;
    this.body = new Body(exchange.getRequestBody());
    this.wasInterrupted = Thread.interrupted();
  }

  InputStream body() {
    return body;
  }

  /** Sends an answer, unless the time was over before. */
  void answer(WebhookResponse response) throws IOException {
    synchronized (lock) {
      if (state != State.READING) {
        return;
      }
      state = State.ANSWERED;
    }
    WebhookHandler.send(exchange, response);
  }

  /** Ends what goes on, with an answer if there was none; called from another thread. */
  void giveUp() {
    synchronized (lock) {
      if (state == State.READING) {
        state = State.GIVEN_UP;
        try {
          WebhookHandler.send(exchange, WebhookHandler.tooSlow());
        } catch (IOException e) {
          // The connection is ended all the same.
        }
        thread.interrupt();
      } else if (state == State.ANSWERED) {
        thread.interrupt();
      }
    }
  }

  /** Ends the exchange; what was not read by now is not read any more. */
  @Override
  public void close() {
    if (!body.ended) {
      thread.interrupt();
    }
    exchange.close();
    synchronized (lock) {
      state = State.CLOSED;
    }
    // The interrupts so far were ours, save the one from before.
    Thread.interrupted();
    if (wasInterrupted) {
      thread.interrupt();
    }
  }

  /** Knows whether a body was read to its end. */
  private static final class Body extends FilterInputStream {
    boolean ended;

    Body(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      ended |= read < 0;
      return read;
    }
  }
}
