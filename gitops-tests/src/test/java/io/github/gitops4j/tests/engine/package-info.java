/** How a pass behaves as a whole, with the test kit's source and target. */
@NullMarked
package io.github.gitops4j.tests.engine;

import org.jspecify.annotations.NullMarked;
