/** A directory as desired state and as live system. */
@NullMarked
package io.github.gitops4j.filesystem;

import org.jspecify.annotations.NullMarked;
