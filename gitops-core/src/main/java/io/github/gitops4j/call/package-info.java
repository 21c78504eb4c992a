/**
 * What every call carries: deadline, cancellation, progress and operation id.
 *
 * <p>Core reads no clock by itself: time comes in through {@link io.github.gitops4j.call.Ticker}
 * (monotonic) and {@link java.time.InstantSource} (wall clock).
 */
@NullMarked
package io.github.gitops4j.call;

import org.jspecify.annotations.NullMarked;
