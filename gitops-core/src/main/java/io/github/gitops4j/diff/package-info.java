/**
 * Compares desired with live, field by field. Never writes.
 *
 * <p>Layer 7.
 */
@NullMarked
package io.github.gitops4j.diff;

import org.jspecify.annotations.NullMarked;
