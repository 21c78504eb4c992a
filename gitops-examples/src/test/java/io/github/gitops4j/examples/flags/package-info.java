/** The target of feature flags under the contract kits. */
@NullMarked
package io.github.gitops4j.examples.flags;

import org.jspecify.annotations.NullMarked;
