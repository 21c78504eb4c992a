/**
 * May this plan run now? One reason for a class.
 *
 * <p>Layer 10.
 */
@NullMarked
package io.github.gitops4j.gate;

import org.jspecify.annotations.NullMarked;
