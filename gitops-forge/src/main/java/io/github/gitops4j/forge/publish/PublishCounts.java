package io.github.gitops4j.forge.publish;

/**
 * What became of what was to be published.
 *
 * <p>Immutable.
 *
 * @param sent what the host took
 * @param skipped what was said already, or whose place a later one took before it was sent
 * @param dropped what there was no room or no time for, or what the host has too many of
 * @param failed requests that failed; one that is tried again counts each time
 * @since 0.1.0
 */
public record PublishCounts(long sent, long skipped, long dropped, long failed) {}
