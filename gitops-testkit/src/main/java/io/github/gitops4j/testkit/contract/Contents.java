package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;

/** Digests of contents whose digest every backend takes alike. */
final class Contents {
  private Contents() {}

  static ContentDigest digest(Content content) {
    if (content instanceof Content.Structured structured) {
      return structured.document().digest();
    }
    throw new AssertionError("the fixture has to say how opaque content is digested");
  }
}
