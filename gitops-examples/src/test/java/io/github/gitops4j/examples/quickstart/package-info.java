@NullMarked
package io.github.gitops4j.examples.quickstart;

import org.jspecify.annotations.NullMarked;
