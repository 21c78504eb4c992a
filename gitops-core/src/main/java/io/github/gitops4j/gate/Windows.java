package io.github.gitops4j.gate;

import io.github.gitops4j.plan.Plan;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lets plans run at certain times only. An open window that denies wins over one that allows; where
 * windows allow, one of them has to be open; and where all deny, the rest of the time is free.
 *
 * <p>An operation that has begun goes on if every window that is against it has {@linkplain
 * Window#withOverrun overrun}; else it stops between two waves. An approval of the plan's digest
 * overrules all windows.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Windows implements Gate {
  private final List<Window> windows;

  private Windows(List<Window> windows) {
    this.windows = windows;
  }

  /** Returns the gate of these windows. */
  public static Windows of(List<Window> windows) {
    return new Windows(List.copyOf(windows));
  }

  @Override
  public String name() {
    return "windows";
  }

  @Override
  public GateVerdict evaluate(Plan plan, GateFacts facts) {
    List<Window> against = against(facts.now());
    if (against.isEmpty()) {
      return GateVerdict.allow();
    }
    String why = why(against);
    if (facts.standing().begun().isPresent() && against.stream().allMatch(Window::overrun)) {
      return new GateVerdict.Allow(why + "; what has begun may go on");
    }
    if (facts.isApproved(plan)) {
      return new GateVerdict.Allow(why + "; approved by digest");
    }
    return new GateVerdict.Await(why, until(against, facts.now()));
  }

  /** Returns the open windows that deny, or all that allow if none of them is open. */
  private List<Window> against(Instant now) {
    List<Window> denying =
        of(Window.Kind.DENY).stream().filter(window -> window.openUntil(now).isPresent()).toList();
    if (!denying.isEmpty()) {
      return denying;
    }
    List<Window> allowing = of(Window.Kind.ALLOW);
    return allowing.stream().anyMatch(window -> window.openUntil(now).isPresent())
        ? List.of()
        : allowing;
  }

  private List<Window> of(Window.Kind kind) {
    return windows.stream().filter(window -> window.kind() == kind).toList();
  }

  private static String why(List<Window> against) {
    Window first = against.get(0);
    String more = against.size() == 1 ? "" : " and " + (against.size() - 1) + " more";
    return (first.kind() == Window.Kind.DENY ? "in " : "outside of ") + first + more;
  }

  private static Optional<Instant> until(List<Window> against, Instant now) {
    return against.get(0).kind() == Window.Kind.DENY
        ? against.stream().flatMap(w -> w.openUntil(now).stream()).max(Comparator.naturalOrder())
        : against.stream().flatMap(w -> w.nextBegin(now).stream()).min(Comparator.naturalOrder());
  }
}
