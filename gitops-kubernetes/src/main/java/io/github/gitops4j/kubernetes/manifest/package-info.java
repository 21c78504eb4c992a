/** Which objects the files of a tree declare. */
@NullMarked
package io.github.gitops4j.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
