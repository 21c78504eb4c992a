/**
 * Tells Git hosts what was found and done: commit statuses, deployments, one comment on a pull
 * request, one issue for drift. {@link io.github.gitops4j.forge.publish.ForgeClient} makes the
 * requests.
 */
@NullMarked
package io.github.gitops4j.forge.publish;

import org.jspecify.annotations.NullMarked;
