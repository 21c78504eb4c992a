/** A program that follows its own settings in Git, and is tested from a commit to what it does. */
@NullMarked
package io.github.gitops4j.examples.settings;

import org.jspecify.annotations.NullMarked;
