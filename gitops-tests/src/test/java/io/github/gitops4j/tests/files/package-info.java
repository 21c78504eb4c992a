/** Reads files of the project for tests that look at its sources and pages. */
@NullMarked
package io.github.gitops4j.tests.files;

import org.jspecify.annotations.NullMarked;
