/**
 * What Git hosts tell: {@link io.github.gitops4j.forge.webhook.Webhook} verifies a delivery and
 * says what it is, whatever server it comes through; {@link
 * io.github.gitops4j.forge.webhook.WebhookTrigger} makes the applications of a controller look,
 * {@link io.github.gitops4j.forge.webhook.WebhookEndpoint} does both within limits, and {@link
 * io.github.gitops4j.forge.webhook.WebhookHandler} is for the server of the JDK. Nothing here ever
 * connects to anywhere.
 */
@NullMarked
package io.github.gitops4j.forge.webhook;

import org.jspecify.annotations.NullMarked;
