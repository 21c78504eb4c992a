/** The first run: a Git repository drives a directory, step by step. */
@NullMarked
package io.github.gitops4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
