/**
 * A real Kubernetes control plane for tests: {@link
 * io.github.gitops4j.testkit.kubernetes.ControlPlane} starts one, {@link
 * io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension} hands it to JUnit tests. It knows no
 * backend and no client of Kubernetes.
 */
@NullMarked
package io.github.gitops4j.testkit.kubernetes;

import org.jspecify.annotations.NullMarked;
