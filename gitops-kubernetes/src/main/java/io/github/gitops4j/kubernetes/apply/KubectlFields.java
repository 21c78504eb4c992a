package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives to a manager what {@code kubectl apply} of the client-side kind has written. */
final class KubectlFields {
  private static final Set<String> CLIENT_SIDE =
      Set.of("kubectl-client-side-apply", "before-first-apply", "kubectl-create", "kubectl");

  private KubectlFields() {}

  /** Returns the managed fields as they are to be; nothing if there is nothing to take over. */
  static Optional<Value> takenOver(LiveObject live, ManagerName manager) {
    List<Mapping> entries = live.managers();
    if (live.isAppliedBy(manager)) {
      return Optional.empty();
    }
    boolean found = false;
    Sequence.Builder changed = Sequence.builder();
    for (Mapping entry : entries) {
      if (!found && isClientSide(entry)) {
        found = true;
        changed.add(renamed(entry, manager));
      } else {
        changed.add(entry);
      }
    }
    return found ? Optional.of(changed.build()) : Optional.empty();
  }

  private static boolean isClientSide(Mapping entry) {
    return CLIENT_SIDE.contains(entry.text("manager").orElse(""))
        && entry.text("operation").orElse("").equals("Update")
        && entry.text("subresource").orElse("").isEmpty();
  }

  private static Mapping renamed(Mapping entry, ManagerName manager) {
    return entry.toBuilder()
        .set("manager", Text.of(manager.name()))
        .set("operation", Text.of("Apply"))
        .build();
  }
}
