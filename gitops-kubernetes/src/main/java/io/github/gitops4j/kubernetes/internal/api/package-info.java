/**
 * The way to the API server: requests and answers as bytes, discovery, and what an answer means.
 *
 * <p>Public for the packages of this module only; it is nobody's API and may change at any time.
 */
@NullMarked
package io.github.gitops4j.kubernetes.internal.api;

import org.jspecify.annotations.NullMarked;
