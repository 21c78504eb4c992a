/** Health rules for kinds of a cluster, written in CEL. */
@NullMarked
package io.github.gitops4j.kubernetes.cel;

import org.jspecify.annotations.NullMarked;
