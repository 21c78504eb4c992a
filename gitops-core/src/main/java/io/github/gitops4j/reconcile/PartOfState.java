package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.DesiredChanges;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A part of a state that declares more. It counts one resource more than it has: what is not looked
 * at is there, and so not everything is removed.
 *
 * @param part what is looked at
 */
record PartOfState(DesiredState part) implements DesiredState {
  @Override
  public Revision revision() {
    return part.revision();
  }

  @Override
  public String contentId() {
    return part.contentId();
  }

  @Override
  public Provenance provenance() {
    return part.provenance();
  }

  @Override
  public int size() {
    return part.size() + 1;
  }

  @Override
  public Optional<DesiredEntry> get(ResourceKey key) {
    return part.get(key);
  }

  @Override
  public void forEach(Consumer<DesiredEntry> visitor) {
    part.forEach(visitor);
  }

  @Override
  public DesiredChanges changesSince(String contentId) {
    return part.changesSince(contentId);
  }

  @Override
  public List<BrokenInput> broken() {
    return part.broken();
  }

  @Override
  public List<InputWarning> warnings() {
    return part.warnings();
  }

  @Override
  public Resource load(ResourceKey key, CallContext call) {
    return part.load(key, call);
  }
}
