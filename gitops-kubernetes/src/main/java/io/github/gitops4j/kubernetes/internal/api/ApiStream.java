package io.github.gitops4j.kubernetes.internal.api;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An answer that goes on for as long as its reader wants, line by line.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ApiStream implements AutoCloseable {
  /** No object of a cluster is near it. */
  private static final int LONGEST_LINE = 64 << 20;

  private final Reader reader;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile @Nullable CompletableFuture<?> opening;
  private volatile @Nullable AsyncBody body;
  private volatile int status;

  /**
   * What reads a stream. It is called from threads of the HTTP client, one call at a time, and must
   * not block.
   */
  public interface Reader {
    /** The server has begun to answer as asked. */
    void opened(ApiStream stream);

    /** A whole line, without its end. */
    void line(byte[] line);

    /**
     * It has ended, but not from this side.
     *
     * @param answer the status and, of a refusal, the body; nothing if the connection failed
     */
    void ended(ApiStream stream, Optional<ApiAnswer> answer);
  }

  ApiStream(Reader reader) {
    this.reader = requireNonNull(reader, "reader");
  }

  void open(CompletableFuture<HttpResponse<AsyncBody>> answer) {
    opening = answer;
    var unused =
        answer.whenComplete(
            (response, failure) -> {
              if (failure == null) {
                read(response);
              } else {
                end(Optional.empty());
              }
            });
  }

  private void read(HttpResponse<AsyncBody> response) {
    AsyncBody content = response.body();
    body = content;
    status = response.code();
    if (over.get()) {
      content.cancel();
      return;
    }
    if (status == 200) {
      reader.opened(this);
    }
    var unused =
        content
            .done()
            .whenComplete(
                (nothing, failure) ->
                    end(
                        failure == null
                            ? Optional.of(new ApiAnswer(status, line.toByteArray()))
                            : Optional.empty()));
    content.consume();
  }

  void take(List<ByteBuffer> buffers, AsyncBody content) {
    for (ByteBuffer buffer : buffers) {
      take(buffer);
    }
    if (line.size() > LONGEST_LINE) {
      content.cancel();
      end(Optional.empty());
    } else {
      content.consume();
    }
  }

  private void take(ByteBuffer buffer) {
    boolean isRefusal = status != 200;
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (next != '\n' || isRefusal) {
        line.write(next);
      } else {
        byte[] whole = line.toByteArray();
        line.reset();
        if (!over.get()) {
          reader.line(whole);
        }
      }
    }
  }

  private void end(Optional<ApiAnswer> answer) {
    if (over.compareAndSet(false, true)) {
      reader.ended(this, answer);
    }
  }

  /** Ends it from this side; its reader is told nothing more. */
  @Override
  public void close() {
    over.set(true);
    AsyncBody content = body;
    CompletableFuture<?> answer = opening;
    if (content != null) {
      content.cancel();
    } else if (answer != null) {
      answer.cancel(true);
    }
  }
}
