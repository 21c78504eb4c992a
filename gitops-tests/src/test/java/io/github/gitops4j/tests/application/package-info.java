/** Application files with the real backends. */
@NullMarked
package io.github.gitops4j.tests.application;

import org.jspecify.annotations.NullMarked;
