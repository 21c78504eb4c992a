package io.github.gitops4j.kubernetes.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.inventory.Inventory;
import io.github.gitops4j.inventory.InventoryChange;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.resource.KeyedSnapshot;
import io.github.gitops4j.resource.Sensitive;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The inventory of one owner in one Secret, changed by compare and set: two processes never write
 * over each other. It holds what a Secret holds, about 8,000 objects; more is refused.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class SecretInventoryStore implements InventoryStore {
  private static final int KEY_BYTES = 32;

  private final StateSecret secret;
  private final String name;
  private final String owner;
  private final AtomicReference<@Nullable Seen> last = new AtomicReference<>();
  private final Sensitive<byte[]> firstKey;

  /**
   * Creates a store. It reads nothing yet.
   *
   * @param namespace where the Secret is; it has to exist
   * @param name the name of the Secret
   * @param owner whose inventory it is
   */
  public SecretInventoryStore(ApiServer server, String namespace, String name, String owner) {
    this.secret = new StateSecret(server, namespace, owner, InventoryException::new);
    this.name = requireNonNull(name, "name");
    this.owner = requireNonNull(owner, "owner");
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    this.firstKey = Sensitive.of(key);
  }

  /** An inventory and the version of the Secret that holds it; none before the first commit. */
  private record Seen(Optional<String> version, Inventory inventory) {}

  @Override
  public Inventory read(CallContext call) {
    return look(call).inventory();
  }

  @Override
  public Inventory commit(long expectedSequence, List<InventoryChange> changes, CallContext call) {
    call.checkActive("commit to the inventory");
    Seen seen = last.get();
    Seen before = seen == null || seen.version().isEmpty() ? look(call) : seen;
    if (before.inventory().sequence() != expectedSequence) {
      // What is known may be old: only the Secret itself can say.
      before = look(call);
    }
    if (before.inventory().sequence() != expectedSequence) {
      throw new InventoryException(
          FailureCategory.STALE,
          secret.place(name) + ": writing failed: somebody else has written it");
    }
    Inventory after = before.inventory().with(changes);
    String version = secret.write(name, before.version(), InventoryJson.write(after), call);
    last.set(new Seen(Optional.of(version), after));
    return after;
  }

  private Seen look(CallContext call) {
    call.checkActive("read the inventory");
    Optional<StateSecret.Kept> kept = secret.read(name, call);
    if (kept.isEmpty()) {
      return absent();
    }
    Seen seen = last.get();
    if (seen == null || !seen.version().equals(Optional.of(kept.get().version()))) {
      seen = new Seen(Optional.of(kept.get().version()), inventory(kept.get()));
      last.set(seen);
    }
    return seen;
  }

  /** A Secret that this process has seen and that is gone is no empty inventory. */
  private Seen absent() {
    Seen seen = last.get();
    if (seen != null) {
      throw new InventoryException(
          FailureCategory.INTERNAL, secret.place(name) + ": reading failed: it is gone");
    }
    return new Seen(Optional.empty(), Inventory.of(owner, 0, KeyedSnapshot.empty(), firstKey));
  }

  private Inventory inventory(StateSecret.Kept kept) {
    try {
      Inventory inventory = InventoryJson.read(secret.place(name), kept.content());
      if (inventory.owner().equals(owner)) {
        return inventory;
      }
      throw new InventoryException(
          FailureCategory.CONFLICT,
          secret.place(name) + ": reading failed: it is the inventory of " + inventory.owner());
    } catch (InvalidInputException | IllegalArgumentException e) {
      throw new InventoryException(
          FailureCategory.INTERNAL, secret.place(name) + ": reading failed: it was damaged", e);
    }
  }
}
