/** Ownership and history, kept in Secrets of the cluster. */
@NullMarked
package io.github.gitops4j.kubernetes.inventory;

import org.jspecify.annotations.NullMarked;
