package io.github.gitops4j.application;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;

/**
 * The parameters of one application of a set.
 *
 * <p>Immutable.
 *
 * @param values what they are
 * @param origin where they come from: a place in the file of the set, or in the source that its
 *     generators look into
 * @param isFound whether a generator found it in a source, so that others than the author of the
 *     set may have written it
 */
record Element(Mapping values, Origin origin, boolean isFound) {
  /** Returns it for messages. */
  String place() {
    return isFound ? origin.toString() : "the element of line " + origin.line();
  }
}
