package io.github.gitops4j.forge.webhook;

import java.time.Instant;
import java.util.Optional;

/** Verifies that a delivery is genuine, over its raw bytes and in constant time. Thread-safe. */
@FunctionalInterface
interface Proof {
  /** Returns why a delivery is not genuine; nothing if it is. */
  Optional<String> objection(Headers headers, Body body, Instant now) throws PayloadException;
}
