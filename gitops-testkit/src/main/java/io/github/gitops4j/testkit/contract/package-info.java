/**
 * Contract kits: for each interface that backends implement, an abstract class of tests that hold
 * an implementation against its numbered rules.
 *
 * <p>An adopter extends a kit and gives it a fixture, which makes an implementation and does behind
 * its back what the rules are about. What a backend has no way to do is declared as lacking, with a
 * reason, and reported.
 */
@NullMarked
package io.github.gitops4j.testkit.contract;

import org.jspecify.annotations.NullMarked;
