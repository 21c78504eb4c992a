/** Runnable examples. */
@NullMarked
package io.github.gitops4j.examples;

import org.jspecify.annotations.NullMarked;
