/** The engine under crashes at every call, on backends in memory. */
@NullMarked
package io.github.gitops4j.tests.crash;

import org.jspecify.annotations.NullMarked;
