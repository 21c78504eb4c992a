/** A small service that keeps many applications right, and shows on a page how they stand. */
@NullMarked
package io.github.gitops4j.examples.platform;

import org.jspecify.annotations.NullMarked;
