/** The history of passes, in memory and on disk. */
@NullMarked
package io.github.gitops4j.tests.history;

import org.jspecify.annotations.NullMarked;
