/** Checks of manifests against the schemas of Kubernetes and of custom kinds, without a cluster. */
@NullMarked
package io.github.gitops4j.kubernetes.schema;

import org.jspecify.annotations.NullMarked;
