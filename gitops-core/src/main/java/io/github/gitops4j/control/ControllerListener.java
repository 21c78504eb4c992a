package io.github.gitops4j.control;

/**
 * Is told what happens in a {@link Controller}: one event after the other, on the executor of the
 * controller, and never under a lock, so that it may call the controller. Nothing waits for it: if
 * it is slow, the oldest events are given up and it is told how many. What it throws is logged, and
 * it is told the next event all the same.
 *
 * <p>One that blocks keeps a thread of the executor.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ControllerListener {
  /** Takes an event. */
  void onEvent(ControllerEvent event);
}
