/**
 * Desired state from Git, read from bare repositories without ever checking anything out, and
 * commits back to Git.
 */
@NullMarked
package io.github.gitops4j.git;

import org.jspecify.annotations.NullMarked;
