package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.resource.ResourceKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What one revision declares.
 *
 * <ul>
 *   <li>DS-1: two states with equal {@link #contentId()} declare the same, so there is nothing to
 *       plan between them.
 *   <li>DS-2: {@link #get} and {@link #forEach} agree, and each key occurs once.
 *   <li>DS-3: {@link #load} gives content whose digest is that of the entry.
 *   <li>DS-4: {@link #changesSince} is Known only if nothing else differs.
 *   <li>DS-5: what could not be read is in {@link #broken()}, and nothing is left out silently.
 *   <li>DS-6: {@link #load} ends at its deadline or soon after it is cancelled.
 * </ul>
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public interface DesiredState {
  /** Returns the revision. */
  Revision revision();

  /** Returns an id of everything that decides what is declared: content, model, options. */
  String contentId();

  /** Returns who made the revision. */
  Provenance provenance();

  /** Returns the number of resources. */
  int size();

  /** Returns what is declared under a key. */
  Optional<DesiredEntry> get(ResourceKey key);

  /** Gives each entry to the visitor, in no particular order. */
  void forEach(Consumer<DesiredEntry> visitor);

  /** Returns what differs from the state with that content id. */
  DesiredChanges changesSince(String contentId);

  /** Returns the inputs that could not be read, ordered by file and line. */
  List<BrokenInput> broken();

  /**
   * Returns what other tools may understand otherwise, ordered by file and line. It is advice: it
   * is no part of what is declared, and nothing is held for it.
   */
  default List<InputWarning> warnings() {
    return List.of();
  }

  /**
   * Reads the content of a declared resource.
   *
   * @throws io.github.gitops4j.error.SourceException if it is not declared or cannot be read
   */
  Resource load(ResourceKey key, CallContext call);
}
