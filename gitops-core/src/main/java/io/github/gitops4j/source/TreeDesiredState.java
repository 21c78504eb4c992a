package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a tree declares in the view of a model. */
final class TreeDesiredState implements DesiredState {
  private static final Comparator<BrokenInput> BY_PLACE =
      Comparator.<BrokenInput, String>comparing(input -> input.origin().file())
          .thenComparingInt(input -> input.origin().line())
          .thenComparing(input -> input.failure().message());

  private final FetchedTree fetched;
  private final String contentId;
  private final ResourceModel model;
  private final Parts parts;
  private final @Nullable Step step;

  /**
   * How this state differs from an earlier one.
   *
   * @param from content id of the earlier one
   * @param keys what may differ
   */
  record Step(String from, Set<ResourceKey> keys) {}

  /**
   * What a state is made of.
   *
   * @param index the entries
   * @param findings what is to be said about single files
   * @param nameFindings findings about names
   */
  record Parts(DesiredIndex index, FileFindings findings, List<BrokenInput> nameFindings) {}

  TreeDesiredState(
      FetchedTree fetched,
      String contentId,
      ResourceModel model,
      Parts parts,
      @Nullable Step step) {
    this.fetched = fetched;
    this.contentId = contentId;
    this.model = model;
    this.parts = parts;
    this.step = step;
  }

  /** Returns the same declarations under another revision that has the same content. */
  TreeDesiredState at(FetchedTree other) {
    return new TreeDesiredState(other, contentId, model, parts, new Step(contentId, Set.of()));
  }

  Parts parts() {
    return parts;
  }

  SourceTree tree() {
    return fetched.tree();
  }

  @Override
  public Revision revision() {
    return fetched.revision();
  }

  @Override
  public String contentId() {
    return contentId;
  }

  @Override
  public Provenance provenance() {
    return fetched.provenance();
  }

  @Override
  public int size() {
    return parts.index().size();
  }

  @Override
  public Optional<DesiredEntry> get(ResourceKey key) {
    return parts.index().get(key);
  }

  @Override
  public void forEach(Consumer<DesiredEntry> visitor) {
    parts.index().forEach(visitor);
  }

  @Override
  public DesiredChanges changesSince(String earlier) {
    if (earlier.equals(contentId)) {
      return new DesiredChanges.Known(Set.of());
    }
    if (step != null && step.from().equals(earlier)) {
      return new DesiredChanges.Known(step.keys());
    }
    return new DesiredChanges.Unknown();
  }

  @Override
  public List<BrokenInput> broken() {
    List<BrokenInput> all = new ArrayList<>(parts.nameFindings());
    all.addAll(parts.findings().broken());
    all.addAll(parts.index().clashes());
    all.sort(BY_PLACE);
    return List.copyOf(all);
  }

  @Override
  public List<InputWarning> warnings() {
    return parts.findings().warnings();
  }

  @Override
  public Resource load(ResourceKey key, CallContext call) {
    call.checkActive("load");
    DesiredEntry entry =
        get(key)
            .orElseThrow(
                () ->
                    new SourceException(
                        FailureCategory.NOT_FOUND, key + ": loading failed: it is not declared"));
    Origin origin = entry.origin();
    TreeEntry file = find(origin.file(), call);
    Content content = model.content(entry, file, tree(), call);
    return new Resource(key, content, entry.digest(), origin, entry.traits());
  }

  private TreeEntry find(String path, CallContext call) {
    return tree()
        .find(path, call)
        .orElseThrow(
            () ->
                new SourceException(
                    FailureCategory.NOT_FOUND,
                    path + ": loading failed: it is not in tree " + tree().id()));
  }
}
