/**
 * A Kubernetes cluster as live system.
 *
 * <p>The packages below follow the data: manifests, live state, diff, apply, inventory and health.
 */
@NullMarked
package io.github.gitops4j.kubernetes;

import org.jspecify.annotations.NullMarked;
