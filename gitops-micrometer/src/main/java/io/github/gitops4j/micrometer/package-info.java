/**
 * Metrics and traces of a controller, through Micrometer: {@link
 * io.github.gitops4j.micrometer.ControllerMetrics} counts, {@link
 * io.github.gitops4j.micrometer.PassObservation} traces. What there is, and with which labels, is
 * in {@code docs/metrics.md}.
 */
@NullMarked
package io.github.gitops4j.micrometer;

import org.jspecify.annotations.NullMarked;
