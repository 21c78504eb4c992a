package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Desired state from a tree of files: a tree source, renderers, and the target's model.
 *
 * <p>With a hint, only the files that changed are looked at.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class TreeDesiredStateSource implements DesiredStateSource {
  private final TreeSource source;
  private final List<Renderer> renderers;
  private final ResourceModel model;
  private final DeclarationCache declarations;

  private TreeDesiredStateSource(TreeSource source, List<Renderer> renderers, ResourceModel model) {
    this.source = requireNonNull(source, "source");
    this.renderers = List.copyOf(renderers);
    this.model = requireNonNull(model, "model");
    this.declarations = new DeclarationCache(model);
  }

  /** Creates a source that reads the tree as it is. */
  public static TreeDesiredStateSource of(TreeSource source, ResourceModel model) {
    return new TreeDesiredStateSource(source, List.of(), model);
  }

  /** Creates a source that renders the tree first, in the given order. */
  public static TreeDesiredStateSource rendered(
      TreeSource source, List<Renderer> renderers, ResourceModel model) {
    return new TreeDesiredStateSource(source, renderers, model);
  }

  @Override
  public String id() {
    return source.id();
  }

  @Override
  public Revision latest(CallContext call) {
    return source.latest(call);
  }

  @Override
  public RevisionOrder order() {
    return source.order();
  }

  @Override
  public void passEnded() {
    model.passEnded();
  }

  @Override
  public DesiredState fetch(Revision revision, Optional<DesiredState> hint, CallContext call) {
    call.checkActive("fetch");
    TreeDesiredState earlier = usable(hint);
    if (earlier != null && earlier.revision().equals(revision)) {
      return earlier;
    }
    return declared(source.fetch(revision, call).rendered(renderers, call), earlier, call);
  }

  /** Reads anew as long as reading one file taught the model what another one means. */
  private TreeDesiredState declared(
      FetchedTree fetched, @Nullable TreeDesiredState earlier, CallContext call) {
    String before = contentId(fetched.tree());
    TreeDesiredState state = declared(fetched, before, earlier, call);
    String after = contentId(fetched.tree());
    while (!after.equals(before)) {
      declarations.clear();
      before = after;
      state = scratch(fetched, before, call);
      after = contentId(fetched.tree());
    }
    return state;
  }

  private TreeDesiredState declared(
      FetchedTree fetched, String contentId, @Nullable TreeDesiredState earlier, CallContext call) {
    if (earlier != null && earlier.contentId().equals(contentId)) {
      return earlier.at(fetched);
    }
    if (earlier != null
        && fetched.tree().changesSince(earlier.tree().id(), call)
            instanceof TreeChanges.Known known) {
      return changed(fetched, contentId, earlier, known.changes(), call);
    }
    return scratch(fetched, contentId, call);
  }

  /** A state that another model or other renderers made says nothing about ours. */
  private @Nullable TreeDesiredState usable(Optional<DesiredState> hint) {
    return hint.orElse(null) instanceof TreeDesiredState state
            && contentId(state.tree()).equals(state.contentId())
        ? state
        : null;
  }

  private String contentId(SourceTree tree) {
    StringBuilder id = new StringBuilder(tree.id()).append('\n').append(model.id());
    renderers.forEach(renderer -> id.append('\n').append(renderer.id()));
    return ContentDigest.of(id.toString()).hex();
  }

  private TreeDesiredState scratch(FetchedTree fetched, String contentId, CallContext call) {
    SourceTree tree = fetched.tree();
    List<DesiredEntry> entries = new ArrayList<>();
    FileFindings findings = FileFindings.none();
    Set<String> directories = new HashSet<>();
    int[] files = {0};
    tree.forEach(
        file -> {
          files[0]++;
          if ((files[0] & 0xFF) == 0) {
            call.checkActive("read tree");
            call.progress("read", files[0], -1);
          }
          addDirectories(file.path(), directories);
          entries.addAll(noted(file, tree, findings, call));
        },
        call);
    declarations.bound(files[0]);
    TreeDesiredState.Parts parts =
        new TreeDesiredState.Parts(
            DesiredIndex.of(entries), findings, model.checkNames(tree, directories, call));
    return new TreeDesiredState(fetched, contentId, model, parts, null);
  }

  private TreeDesiredState changed(
      FetchedTree fetched,
      String contentId,
      TreeDesiredState earlier,
      List<TreeChange> changes,
      CallContext call) {
    SourceTree tree = fetched.tree();
    List<DesiredEntry> removed = new ArrayList<>();
    List<DesiredEntry> added = new ArrayList<>();
    FileFindings findings = earlier.parts().findings().copy();
    Set<String> directories = new HashSet<>();
    for (TreeChange change : changes) {
      call.checkActive("read tree");
      change
          .before()
          .ifPresent(
              file -> removed.addAll(entries(declarations.declare(file, earlier.tree(), call))));
      findings.forget(change.path());
      change.after().ifPresent(file -> added.addAll(noted(file, tree, findings, call)));
      if (change.before().isPresent() != change.after().isPresent()) {
        addDirectories(change.path(), directories);
      }
    }
    Set<ResourceKey> keys = new HashSet<>(earlier.parts().index().contestedKeys());
    removed.forEach(entry -> keys.add(entry.key()));
    added.forEach(entry -> keys.add(entry.key()));
    DesiredIndex index = earlier.parts().index().with(added, removed);
    keys.addAll(index.contestedKeys());
    declarations.bound(index.size());
    TreeDesiredState.Parts parts =
        new TreeDesiredState.Parts(index, findings, names(tree, earlier, directories, call));
    return new TreeDesiredState(
        fetched, contentId, model, parts, new TreeDesiredState.Step(earlier.contentId(), keys));
  }

  /** A name that was fine stays fine unless its directory changed; an old finding needs it all. */
  private List<BrokenInput> names(
      SourceTree tree, TreeDesiredState earlier, Set<String> changed, CallContext call) {
    if (earlier.parts().nameFindings().isEmpty()) {
      return changed.isEmpty() ? List.of() : model.checkNames(tree, changed, call);
    }
    Set<String> all = new HashSet<>();
    tree.forEach(file -> addDirectories(file.path(), all), call);
    return model.checkNames(tree, all, call);
  }

  private List<DesiredEntry> noted(
      TreeEntry file, SourceTree tree, FileFindings findings, CallContext call) {
    Declaration declaration = declarations.declare(file, tree, call);
    findings.note(file.path(), declaration);
    return entries(declaration);
  }

  private static List<DesiredEntry> entries(Declaration declaration) {
    return declaration instanceof Declaration.Declared declared ? declared.entries() : List.of();
  }

  private static void addDirectories(String path, Set<String> directories) {
    int slash = path.lastIndexOf('/');
    while (slash > 0 && directories.add(path.substring(0, slash))) {
      slash = path.lastIndexOf('/', slash - 1);
    }
    directories.add("");
  }
}
