/**
 * The only package that asks for a write.
 *
 * <p>Layer 11.
 */
@NullMarked
package io.github.gitops4j.apply;

import org.jspecify.annotations.NullMarked;
