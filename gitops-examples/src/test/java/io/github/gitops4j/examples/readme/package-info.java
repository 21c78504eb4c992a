@NullMarked
package io.github.gitops4j.examples.readme;

import org.jspecify.annotations.NullMarked;
