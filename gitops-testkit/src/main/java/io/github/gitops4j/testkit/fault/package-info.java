/**
 * Fault injection: a plan of what goes wrong at which call, and the wrappers that make it happen.
 *
 * <p>Read {@link io.github.gitops4j.testkit.fault.FaultPlan} first.
 */
@NullMarked
package io.github.gitops4j.testkit.fault;

import org.jspecify.annotations.NullMarked;
