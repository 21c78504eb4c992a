/** A release to a cluster that is taken back if it does not become healthy. */
@NullMarked
package io.github.gitops4j.examples.cluster;

import org.jspecify.annotations.NullMarked;
