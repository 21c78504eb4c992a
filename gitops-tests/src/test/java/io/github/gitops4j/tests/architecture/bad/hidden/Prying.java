package io.github.gitops4j.tests.architecture.bad.hidden;

import io.github.gitops4j.tests.architecture.bad.hidden.internal.Hidden;

/** Bad on purpose, once the internal package counts as another module. */
public final class Prying {
  Hidden hidden() {
    return new Hidden();
  }
}
