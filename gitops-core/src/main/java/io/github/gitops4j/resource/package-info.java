/**
 * Identity and content of declared and live things: keys, documents, digests, traits. No I/O.
 *
 * <p>Layer 3: imports {@code error} and {@code call} only.
 */
@NullMarked
package io.github.gitops4j.resource;

import org.jspecify.annotations.NullMarked;
