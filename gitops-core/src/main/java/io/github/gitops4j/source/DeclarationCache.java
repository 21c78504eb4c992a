package io.github.gitops4j.source;

import io.github.gitops4j.call.CallContext;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps what files declare by path, mode and content, so that a file that did not change is not
 * parsed again. Bounded: when it holds far more than the newest state needs, it starts anew.
 *
 * <p>Thread-safe.
 */
final class DeclarationCache {
  private static final int SPARE = 1024;

  private final ResourceModel model;
  private final ConcurrentHashMap<TreeEntry, Declaration> known = new ConcurrentHashMap<>();

  DeclarationCache(ResourceModel model) {
    this.model = model;
  }

  Declaration declare(TreeEntry entry, SourceTree tree, CallContext call) {
    if (!model.readsContent()) {
      return model.declare(entry, tree, call);
    }
    Declaration cached = known.get(entry);
    if (cached == null) {
      cached = model.declare(entry, tree, call);
      known.put(entry, cached);
    }
    return cached;
  }

  /** Forgets everything, as the model has learnt what changes its answers. */
  void clear() {
    known.clear();
  }

  /** Forgets everything if there is more than twice what a state of that size needs. */
  void bound(int files) {
    if (known.size() > 2 * files + SPARE) {
      known.clear();
    }
  }
}
