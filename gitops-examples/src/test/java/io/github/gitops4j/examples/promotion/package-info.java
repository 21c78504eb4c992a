@NullMarked
package io.github.gitops4j.examples.promotion;

import org.jspecify.annotations.NullMarked;
