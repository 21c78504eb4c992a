/** How a controller behaves, with the test kit's sources, targets and clock. */
@NullMarked
package io.github.gitops4j.tests.control;

import org.jspecify.annotations.NullMarked;
