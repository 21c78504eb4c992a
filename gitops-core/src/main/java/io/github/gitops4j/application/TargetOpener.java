package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.reconcile.Target;
import java.util.function.Supplier;

/**
 * Opens a target, and says what is known of it without reaching it, for previews and checks of
 * files.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class TargetOpener implements Backend.Opener<Target> {
  private final Backend.Opener<Target> opener;
  private final Supplier<OfflineTarget> offline;

  private TargetOpener(Backend.Opener<Target> opener, Supplier<OfflineTarget> offline) {
    this.opener = requireNonNull(opener, "opener");
    this.offline = requireNonNull(offline, "offline");
  }

  /**
   * Creates an opener.
   *
   * @param opener opens the target
   * @param offline says what is known of it; it reaches nothing
   */
  public static TargetOpener of(Backend.Opener<Target> opener, Supplier<OfflineTarget> offline) {
    return new TargetOpener(opener, offline);
  }

  @Override
  public Target open() {
    return opener.open();
  }

  /** Returns what is known of the target without reaching it. */
  public OfflineTarget offline() {
    return offline.get();
  }
}
