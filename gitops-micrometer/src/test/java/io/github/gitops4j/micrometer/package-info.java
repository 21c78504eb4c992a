/** Tests of the metrics and traces. */
@NullMarked
package io.github.gitops4j.micrometer;

import org.jspecify.annotations.NullMarked;
