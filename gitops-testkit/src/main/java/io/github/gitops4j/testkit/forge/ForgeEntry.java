package io.github.gitops4j.testkit.forge;

import io.github.gitops4j.resource.Mapping;

/**
 * A comment or an issue that a {@link FakeForge} has.
 *
 * <p>Immutable.
 *
 * @param id its id, or the number of an issue
 * @param author who wrote it
 * @param title its title; empty for a comment
 * @param body its text
 * @param isOpen whether it is open; a comment always is
 * @since 0.1.0
 */
public record ForgeEntry(long id, String author, String title, String body, boolean isOpen) {
  ForgeEntry with(Mapping change) {
    String state = change.text("state").or(() -> change.text("state_event")).orElse("");
    return new ForgeEntry(
        id,
        author,
        change.text("title").orElse(title),
        change.text("body").or(() -> change.text("description")).orElse(body),
        isOpen && !state.startsWith("close"));
  }
}
