/**
 * What Kubernetes itself knows of its kinds and no object shows: keys of lists, quantities,
 * defaults.
 *
 * <p>Public for the packages of this module only; it is nobody's API and may change at any time.
 */
@NullMarked
package io.github.gitops4j.kubernetes.internal.kinds;

import org.jspecify.annotations.NullMarked;
