package io.github.gitops4j.tests.architecture.bad.plan;

import io.github.gitops4j.tests.architecture.bad.error.Reaching;

/** Bad on purpose: closes a cycle with the lower layer. */
public final class Later {
  Reaching back() {
    return new Reaching();
  }
}
