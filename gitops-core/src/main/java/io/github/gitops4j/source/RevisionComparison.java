package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Reads what two revisions of a source declare from the files that differ between them, and from
 * those others that may matter for these: files that mention the name of a resource that comes or
 * goes, as it may be declared there too, or of one that others depend on, or words that say how a
 * key is understood.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class RevisionComparison {
  private final TreeSource source;
  private final List<Renderer> renderers;
  private final ResourceModel model;
  private final Function<Set<ResourceKey>, Set<String>> related;

  private RevisionComparison(
      TreeSource source,
      List<Renderer> renderers,
      ResourceModel model,
      Function<Set<ResourceKey>, Set<String>> related) {
    this.source = requireNonNull(source, "source");
    this.renderers = List.copyOf(renderers);
    this.model = requireNonNull(model, "model");
    this.related = requireNonNull(related, "related");
  }

  /**
   * Creates a comparison.
   *
   * @param related gives words: a file in which one is written may say how resources of these keys
   *     are understood, as the definition of a kind does
   */
  public static RevisionComparison of(
      TreeSource source, ResourceModel model, Function<Set<ResourceKey>, Set<String>> related) {
    return new RevisionComparison(source, List.of(), model, related);
  }

  /** Returns a comparison of the trees that these make of both revisions, in the given order. */
  public RevisionComparison rendered(List<Renderer> by) {
    return new RevisionComparison(source, by, model, related);
  }

  /**
   * What two revisions declare in the files that were read.
   *
   * @param before what the older one declares
   * @param after what the newer one declares
   * @param isEmpty whether the newer one declares nothing at all, in no file
   */
  public record Sides(DesiredState before, DesiredState after, boolean isEmpty) {
    /** Checks the parts. */
    public Sides {
      requireNonNull(before, "before");
      requireNonNull(after, "after");
    }
  }

  /**
   * Reads both sides.
   *
   * @throws io.github.gitops4j.error.SourceException if a revision cannot be had or rendered
   */
  public Sides read(Revision from, Revision to, CallContext call) {
    FetchedTree older = source.fetch(from, call).rendered(renderers, call);
    FetchedTree newer = source.fetch(to, call).rendered(renderers, call);
    Files files = Files.of(older.tree(), newer.tree(), call);
    Sides sides = declared(older, newer, files, call);
    Set<String> sought = new HashSet<>();
    // What is found may depend on more.
    while (model.readsContent() && sought.addAll(words(sides))) {
      List<TreeEntry> found =
          new Mentions(sought).in(newer.tree(), files.unchanged(newer.tree(), call), call);
      if (found.isEmpty()) {
        break;
      }
      files = files.with(found);
      sides = declared(older, newer, files, call);
    }
    return sides;
  }

  /** Returns the names of what is on one side only or declared twice, and of what others need. */
  private Set<String> words(Sides sides) {
    Set<ResourceKey> before = new HashSet<>();
    Set<ResourceKey> after = new HashSet<>();
    Set<ResourceKey> needed = new HashSet<>();
    sides.before().forEach(entry -> before.add(entry.key()));
    sides
        .after()
        .forEach(
            entry -> {
              after.add(entry.key());
              needed.addAll(entry.traits().dependsOn());
            });
    Set<String> words = new HashSet<>();
    before.stream().filter(key -> !after.contains(key)).forEach(key -> words.add(key.name()));
    after.stream().filter(key -> !before.contains(key)).forEach(key -> words.add(key.name()));
    needed.stream().filter(key -> !after.contains(key)).forEach(key -> words.add(key.name()));
    before.addAll(after);
    contested(sides.after()).forEach(key -> words.add(key.name()));
    words.addAll(related.apply(before));
    return words;
  }

  private static Set<ResourceKey> contested(DesiredState state) {
    return state instanceof TreeDesiredState tree ? tree.parts().index().contestedKeys() : Set.of();
  }

  /** Reads anew as long as one side taught the model what the other one means. */
  private Sides declared(FetchedTree older, FetchedTree newer, Files files, CallContext call) {
    while (true) {
      String known = model.id();
      DesiredState after = state(newer, files.after.values(), call);
      DesiredState before = state(older, files.before.values(), call);
      if (model.id().equals(known)) {
        return new Sides(before, after, after.size() == 0 && !declaresMore(newer, files, call));
      }
    }
  }

  /** Says whether any of the files that were not read declares something; stops at the first. */
  private boolean declaresMore(FetchedTree newer, Files files, CallContext call) {
    return files.unchanged(newer.tree(), call).stream()
        .anyMatch(
            file ->
                model.declare(file, newer.tree(), call) instanceof Declaration.Declared declared
                    && !declared.entries().isEmpty());
  }

  private DesiredState state(FetchedTree fetched, Collection<TreeEntry> files, CallContext call) {
    FetchedTree part =
        new FetchedTree(
            new RestrictedTree(fetched.tree(), files), fetched.revision(), fetched.provenance());
    return TreeDesiredStateSource.of(new Part(source, part), model)
        .fetch(fetched.revision(), Optional.empty(), call);
  }

  /** The files to be read of each side, by path. */
  private record Files(Map<String, TreeEntry> before, Map<String, TreeEntry> after) {
    static Files of(SourceTree older, SourceTree newer, CallContext call) {
      Files files = new Files(new TreeMap<>(), new TreeMap<>());
      if (newer.changesSince(older.id(), call) instanceof TreeChanges.Known known) {
        for (TreeChange change : known.changes()) {
          change.before().ifPresent(file -> files.before.put(change.path(), file));
          change.after().ifPresent(file -> files.after.put(change.path(), file));
        }
        return files;
      }
      older.forEach(file -> files.before.put(file.path(), file), call);
      newer.forEach(file -> files.add(file), call);
      return files;
    }

    private void add(TreeEntry file) {
      if (file.equals(before.get(file.path()))) {
        before.remove(file.path());
      } else {
        after.put(file.path(), file);
      }
    }

    List<TreeEntry> unchanged(SourceTree newer, CallContext call) {
      List<TreeEntry> unchanged = new ArrayList<>();
      newer.forEach(
          file -> {
            if (!after.containsKey(file.path())) {
              unchanged.add(file);
            }
          },
          call);
      return unchanged;
    }

    Files with(List<TreeEntry> unchanged) {
      Files all = new Files(new TreeMap<>(before), new TreeMap<>(after));
      for (TreeEntry file : unchanged) {
        all.before.put(file.path(), file);
        all.after.put(file.path(), file);
      }
      return all;
    }
  }

  /**
   * One tree as a source.
   *
   * @param source where it is from
   * @param fetched the tree
   */
  private record Part(TreeSource source, FetchedTree fetched) implements TreeSource {
    @Override
    public String id() {
      return source.id();
    }

    @Override
    public Revision latest(CallContext call) {
      return fetched.revision();
    }

    @Override
    public FetchedTree fetch(Revision revision, CallContext call) {
      return fetched;
    }

    @Override
    public RevisionOrder order() {
      return source.order();
    }
  }
}
