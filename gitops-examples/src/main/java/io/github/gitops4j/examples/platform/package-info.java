/** A small service that keeps many applications right, and says over HTTP how they stand. */
@NullMarked
package io.github.gitops4j.examples.platform;

import org.jspecify.annotations.NullMarked;
