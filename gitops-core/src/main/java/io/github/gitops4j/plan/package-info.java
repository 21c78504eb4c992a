/**
 * What would be written and why, as a value that exists before the first write. Pure: no I/O.
 *
 * <p>Layer 8.
 */
@NullMarked
package io.github.gitops4j.plan;

import org.jspecify.annotations.NullMarked;
