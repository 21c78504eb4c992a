/** Benchmarks and whole-run comparisons. */
@NullMarked
package io.github.gitops4j.benchmarks;

import org.jspecify.annotations.NullMarked;
