/**
 * What this owner has applied, and with which content: the licence to update and to prune.
 *
 * <p>Layer 6.
 */
@NullMarked
package io.github.gitops4j.inventory;

import org.jspecify.annotations.NullMarked;
