/** A real Kubernetes control plane for tests, on loopback and without containers. */
@NullMarked
package io.github.gitops4j.testkit.kubernetes;

import org.jspecify.annotations.NullMarked;
