/** Rules in CEL: of health, those of definitions, and policies of a cluster. */
@NullMarked
package io.github.gitops4j.kubernetes.cel;

import org.jspecify.annotations.NullMarked;
