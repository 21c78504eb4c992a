/**
 * Failures as values and exceptions by stage; the lowest layer, it imports nothing of ours.
 *
 * <p>One question decides which of the two is used: can the other resources still go on? If so, a
 * {@link io.github.gitops4j.error.Failure} in the report; if not, a {@link
 * io.github.gitops4j.error.GitOpsException}.
 */
@NullMarked
package io.github.gitops4j.error;

import org.jspecify.annotations.NullMarked;
