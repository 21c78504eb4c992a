/** Desired state from Git, read from bare repositories without ever checking anything out. */
@NullMarked
package io.github.gitops4j.git;

import org.jspecify.annotations.NullMarked;
