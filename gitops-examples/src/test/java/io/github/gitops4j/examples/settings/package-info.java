/** The test of a program that follows its own settings in Git. */
@NullMarked
package io.github.gitops4j.examples.settings;

import org.jspecify.annotations.NullMarked;
