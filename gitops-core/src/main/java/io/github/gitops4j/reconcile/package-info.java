/**
 * One pass over one target: resolve, fetch, observe, diff, plan, gate, record the intent, apply,
 * record the result, assess health, write history.
 *
 * <p>Layer 13. A pass never waits: what has to be waited for is in its report, and the next pass
 * starts from the real state again.
 */
@NullMarked
package io.github.gitops4j.reconcile;

import org.jspecify.annotations.NullMarked;
