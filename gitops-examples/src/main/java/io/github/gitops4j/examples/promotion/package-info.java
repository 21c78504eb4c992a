/** What runs in staging goes to production by a commit, and back by another one. */
@NullMarked
package io.github.gitops4j.examples.promotion;

import org.jspecify.annotations.NullMarked;
