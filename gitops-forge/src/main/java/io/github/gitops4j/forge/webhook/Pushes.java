package io.github.gitops4j.forge.webhook;

import java.util.List;

/** Makes the verdict on refs that moved. */
final class Pushes {
  private Pushes() {}

  /** Returns a push, or a push of tags if nothing but tags moved. */
  static Verdict of(Delivery delivery, Repositories repositories, List<RefUpdate> updates) {
    boolean onlyTags =
        !updates.isEmpty()
            && updates.stream().allMatch(update -> update.type() == RefUpdate.Type.TAG);
    return onlyTags
        ? new Verdict.TagPush(delivery, repositories, updates)
        : new Verdict.Push(delivery, repositories, updates);
  }

  /**
   * Does the same for refs that a payload has to name.
   *
   * @throws PayloadException if it names none
   */
  static Verdict ofRefs(Delivery delivery, Repositories repositories, List<RefUpdate> updates)
      throws PayloadException {
    if (updates.isEmpty()) {
      throw new PayloadException("the push names no ref");
    }
    return of(delivery, repositories, updates);
  }
}
