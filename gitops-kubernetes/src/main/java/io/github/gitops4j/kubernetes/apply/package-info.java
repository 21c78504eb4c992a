/** Writes to a cluster by server-side apply, each write fenced by what was planned. */
@NullMarked
package io.github.gitops4j.kubernetes.apply;

import org.jspecify.annotations.NullMarked;
