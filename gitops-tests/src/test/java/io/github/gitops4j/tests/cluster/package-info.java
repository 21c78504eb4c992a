/** What a real API server makes of manifests: for tests that hold us to it. */
@NullMarked
package io.github.gitops4j.tests.cluster;

import org.jspecify.annotations.NullMarked;
