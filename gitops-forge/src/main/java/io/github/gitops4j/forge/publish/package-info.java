/**
 * Tells Git hosts what was found and done: commit statuses, deployments, one comment on a pull
 * request, one issue for drift.
 *
 * <p>{@link io.github.gitops4j.forge.publish.ForgeClient} makes the requests, {@link
 * io.github.gitops4j.forge.publish.Publisher} does it beside the passes, and {@link
 * io.github.gitops4j.forge.publish.StatusPublisher} listens to a controller. See {@code
 * docs/publishing.md}.
 */
@NullMarked
package io.github.gitops4j.forge.publish;

import org.jspecify.annotations.NullMarked;
