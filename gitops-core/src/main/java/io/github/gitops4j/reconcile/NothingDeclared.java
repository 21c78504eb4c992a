package io.github.gitops4j.reconcile;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.DesiredChanges;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.DesiredStateSource;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The source of a target that has to be empty, because somebody said so. A source that merely finds
 * nothing throws instead.
 *
 * <p>Immutable.
 */
final class NothingDeclared implements DesiredStateSource {
  private static final Revision REVISION = Revision.ofId("nothing");

  private final String id;

  NothingDeclared(String id) {
    this.id = id;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Revision latest(CallContext call) {
    return REVISION;
  }

  @Override
  public DesiredState fetch(Revision revision, Optional<DesiredState> hint, CallContext call) {
    return new Nothing();
  }

  @Override
  public RevisionOrder order() {
    return RevisionOrder.none();
  }

  private static final class Nothing implements DesiredState {
    @Override
    public Revision revision() {
      return REVISION;
    }

    @Override
    public String contentId() {
      return REVISION.id();
    }

    @Override
    public Provenance provenance() {
      return Provenance.unknown();
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public Optional<DesiredEntry> get(ResourceKey key) {
      return Optional.empty();
    }

    @Override
    public void forEach(Consumer<DesiredEntry> visitor) {}

    @Override
    public DesiredChanges changesSince(String contentId) {
      return new DesiredChanges.Unknown();
    }

    @Override
    public List<BrokenInput> broken() {
      return List.of();
    }

    @Override
    public Resource load(ResourceKey key, CallContext call) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, key + ": loading failed: nothing is declared");
    }
  }
}
