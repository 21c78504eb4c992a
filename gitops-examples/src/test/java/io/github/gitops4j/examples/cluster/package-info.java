@NullMarked
package io.github.gitops4j.examples.cluster;

import org.jspecify.annotations.NullMarked;
