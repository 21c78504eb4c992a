/** The property that makes incremental planning safe: it equals planning from scratch. */
@NullMarked
package io.github.gitops4j.tests.oracle;

import org.jspecify.annotations.NullMarked;
