/** Git servers and repositories for tests. */
@NullMarked
package io.github.gitops4j.testkit.git;

import org.jspecify.annotations.NullMarked;
