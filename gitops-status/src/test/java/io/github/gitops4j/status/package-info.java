/** Tests of the status page: its answers, and itself in a browser. */
@NullMarked
package io.github.gitops4j.status;

import org.jspecify.annotations.NullMarked;
