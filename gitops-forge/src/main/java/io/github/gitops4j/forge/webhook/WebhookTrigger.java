package io.github.gitops4j.forge.webhook;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.control.Trigger;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes the applications of a controller look at their repository when a push to it was verified:
 * all whose source has the URL of the repository, in whatever form. It only says where to look; the
 * controller asks the repository that it knows.
 *
 * <p>One trigger serves any number of webhooks, and one controller.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class WebhookTrigger implements Trigger {
  private final AtomicReference<@Nullable Sink> sink = new AtomicReference<>();

  private WebhookTrigger() {}

  /** Creates a trigger, to be handed to {@code Controller.Builder.trigger}. */
  public static WebhookTrigger create() {
    return new WebhookTrigger();
  }

  @Override
  public Started start(Sink value) {
    if (!sink.compareAndSet(null, requireNonNull(value, "sink"))) {
      throw new IllegalStateException("this trigger tells another controller");
    }
    return () -> sink.compareAndSet(value, null);
  }

  /**
   * Tells what follows from a verdict; never waits for a pass.
   *
   * @return how many applications look; empty if no controller takes it, as it is closed or not
   *     begun
   */
  public OptionalInt tell(Verdict verdict) {
    Sink told = sink.get();
    if (told == null) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        verdict instanceof Verdict.Moved moved
            ? told.remotesMoved(moved.repositories()::matches)
            : 0);
  }
}
