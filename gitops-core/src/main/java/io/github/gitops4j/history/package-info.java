/**
 * What was decided and done, as an append-only chain of records; and what follows from it: the
 * revision applied last, the operation under way, approvals, the pin.
 *
 * <p>Layer 12.
 */
@NullMarked
package io.github.gitops4j.history;

import org.jspecify.annotations.NullMarked;
