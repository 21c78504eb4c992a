/** Rules in CEL for kinds of a cluster: of health, and those of definitions. */
@NullMarked
package io.github.gitops4j.kubernetes.cel;

import org.jspecify.annotations.NullMarked;
