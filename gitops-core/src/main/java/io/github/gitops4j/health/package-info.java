/**
 * Whether live resources do what they are there for.
 *
 * <p>Layer 9.
 */
@NullMarked
package io.github.gitops4j.health;

import org.jspecify.annotations.NullMarked;
