/** A target of one's own: a service of feature flags. */
@NullMarked
package io.github.gitops4j.examples.flags;

import org.jspecify.annotations.NullMarked;
