package io.github.gitops4j.control;

import io.github.gitops4j.reconcile.ReconcileListener;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Queues what changes as events, in the order of the changes.
 *
 * <p>Guarded by the lock of the {@link Board}, save where it says otherwise.
 */
final class Announcements {
  private final EventStream events;

  Announcements(EventStream events) {
    this.events = events;
  }

  /** Returns what tells the events of an application's passes; needs no lock. */
  static ReconcileListener ofPasses(String application, EventStream events) {
    return event -> {
      events.add(new ControllerEvent.PassTold(application, event));
      events.deliver();
    };
  }

  /** An application was put, in the place of another one if it says so. */
  void put(Slot slot) {
    events.add(new ControllerEvent.ApplicationPut(slot.name()));
    if (slot.suspended) {
      events.add(new ControllerEvent.ApplicationSuspended(slot.name()));
    }
    conditions(slot);
  }

  void removed(Slot slot) {
    events.add(new ControllerEvent.ApplicationRemoved(slot.name()));
  }

  void suspended(Slot slot) {
    events.add(new ControllerEvent.ApplicationSuspended(slot.name()));
  }

  void resumed(Slot slot) {
    events.add(new ControllerEvent.ApplicationResumed(slot.name()));
  }

  void started(Slot slot, Set<Cause> why) {
    events.add(new ControllerEvent.TurnStarted(slot.name(), why));
  }

  void ended(Slot slot, ApplicationStatus status) {
    conditions(slot);
    events.add(new ControllerEvent.TurnEnded(slot.name(), status));
  }

  /** Tells which conditions have come and gone; those of a retired application are its own. */
  void conditions(Slot slot) {
    if (slot.retired) {
      return;
    }
    Map<Condition.Type, Condition> now = new EnumMap<>(Condition.Type.class);
    slot.conditions().forEach(condition -> now.putIfAbsent(condition.type(), condition));
    now.remove(Condition.Type.SUSPENDED);
    Set<Condition.Type> cleared = EnumSet.copyOf(slot.announced);
    cleared.removeAll(now.keySet());
    cleared.forEach(type -> events.add(new ControllerEvent.ConditionCleared(slot.name(), type)));
    now.keySet().removeAll(slot.announced);
    now.values()
        .forEach(
            condition -> events.add(new ControllerEvent.ConditionAppeared(slot.name(), condition)));
    slot.announced.removeAll(cleared);
    slot.announced.addAll(now.keySet());
  }
}
