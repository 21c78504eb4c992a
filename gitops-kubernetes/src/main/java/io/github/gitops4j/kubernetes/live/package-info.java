/** What a cluster has now. */
@NullMarked
package io.github.gitops4j.kubernetes.live;

import org.jspecify.annotations.NullMarked;
