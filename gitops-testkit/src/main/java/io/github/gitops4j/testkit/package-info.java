/** Fakes, fault injection, clock and assertions for tests of deployment logic and of backends. */
@NullMarked
package io.github.gitops4j.testkit;

import org.jspecify.annotations.NullMarked;
