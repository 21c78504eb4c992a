/**
 * Plans, reports, states and histories in forms that people and other programs read. It renders
 * only: nothing is decided here.
 *
 * <p>Layer 14.
 */
@NullMarked
package io.github.gitops4j.report;

import org.jspecify.annotations.NullMarked;
