/** What a cluster asks of a plan: an order of its own, and what must not be removed. */
@NullMarked
package io.github.gitops4j.kubernetes.plan;

import org.jspecify.annotations.NullMarked;
