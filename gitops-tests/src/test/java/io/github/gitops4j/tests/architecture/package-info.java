/** Rules over the classes and the sources of all modules, each shown to fail on a bad fixture. */
@NullMarked
package io.github.gitops4j.tests.architecture;

import org.jspecify.annotations.NullMarked;
