/**
 * Who wrote which field of an object, as its {@code managedFields} say.
 *
 * <p>Public for the packages of this module only; it is nobody's API and may change at any time.
 */
@NullMarked
package io.github.gitops4j.kubernetes.internal.fields;

import org.jspecify.annotations.NullMarked;
