/** How plans are made, with the test kit's sources and models. */
@NullMarked
package io.github.gitops4j.tests.plan;

import org.jspecify.annotations.NullMarked;
