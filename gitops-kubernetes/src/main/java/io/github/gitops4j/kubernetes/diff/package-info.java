/** What is sent to the server for a declared object, and how it differs from the live one. */
@NullMarked
package io.github.gitops4j.kubernetes.diff;

import org.jspecify.annotations.NullMarked;
