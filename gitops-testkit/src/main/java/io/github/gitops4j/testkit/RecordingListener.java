package io.github.gitops4j.testkit;

import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps all events.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class RecordingListener implements ReconcileListener {
  private final List<ReconcileEvent> events = new CopyOnWriteArrayList<>();

  /** Creates a listener that has heard nothing. */
  public RecordingListener() {}

  @Override
  public void onEvent(ReconcileEvent event) {
    events.add(event);
  }

  /** Returns all events, oldest first. */
  public List<ReconcileEvent> events() {
    return List.copyOf(events);
  }

  /** Returns the events of one type, oldest first. */
  public <T extends ReconcileEvent> List<T> events(Class<T> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Forgets all events. */
  public void clear() {
    events.clear();
  }
}
