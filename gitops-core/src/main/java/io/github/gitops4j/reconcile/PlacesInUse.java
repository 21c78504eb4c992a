package io.github.gitops4j.reconcile;

import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.DesiredState;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects where what is declared or owned is. Confined to one thread. */
final class PlacesInUse {
  private final Set<Place> places = new HashSet<>();
  private @Nullable Place last;

  private PlacesInUse() {}

  static Set<Place> of(DesiredState desired, Inventory inventory) {
    PlacesInUse inUse = new PlacesInUse();
    desired.forEach(entry -> inUse.add(entry.key()));
    inventory.forEach(owned -> inUse.add(owned.key()));
    return inUse.places;
  }

  /** Most keys are where the one before was. */
  private void add(ResourceKey key) {
    if (last == null || !last.holds(key)) {
      last = Place.of(key);
      places.add(last);
    }
  }
}
