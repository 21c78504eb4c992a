/** Documents as trees and records of Jackson, and back. */
@NullMarked
package io.github.gitops4j.jackson;

import org.jspecify.annotations.NullMarked;
