/**
 * An application as a declared file: which source, which target, which policy; and the registry
 * that turns it into a reconciler.
 *
 * <p>Layer 15.
 */
@NullMarked
package io.github.gitops4j.application;

import org.jspecify.annotations.NullMarked;
