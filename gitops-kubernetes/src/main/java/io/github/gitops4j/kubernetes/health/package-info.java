/**
 * Whether the objects of a cluster do what they are there for.
 *
 * <p>One class for each kind that has a rule of its own, and one for all others.
 */
@NullMarked
package io.github.gitops4j.kubernetes.health;

import org.jspecify.annotations.NullMarked;
