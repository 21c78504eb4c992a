/** The {@code gitops} command. */
@NullMarked
package io.github.gitops4j.cli;

import org.jspecify.annotations.NullMarked;
