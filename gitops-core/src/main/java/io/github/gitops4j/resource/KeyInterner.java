package io.github.gitops4j.resource;

import org.jspecify.annotations.Nullable;

/**
 * Makes most equal keys the same object, so that comparing two documents is comparing pointers.
 *
 * <p>A fixed table: a key that meets another in its slot takes the slot, so hostile keys cost
 * nothing but the shortcut. Races are harmless, as a string is safe to publish without a lock.
 */
final class KeyInterner {
  private static final int SLOTS = 1 << 13;
  private static final int MAX_LENGTH = 64;
  private static final @Nullable String[] TABLE = new String[SLOTS];

  private KeyInterner() {}

  static String intern(String key) {
    if (key.length() > MAX_LENGTH) {
      return key;
    }
    int hash = key.hashCode();
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    String known = TABLE[slot];
    if (known != null && known.equals(key)) {
      return known;
    }
    TABLE[slot] = key;
    return key;
  }
}
