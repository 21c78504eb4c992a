/** Tests of webhooks: their formats, their limits, and what they make a controller do. */
@NullMarked
package io.github.gitops4j.forge.webhook;

import org.jspecify.annotations.NullMarked;
