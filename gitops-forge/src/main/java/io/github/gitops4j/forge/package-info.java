/** What Git hosts have in common. */
@NullMarked
package io.github.gitops4j.forge;

import org.jspecify.annotations.NullMarked;
