package io.github.gitops4j.tests.architecture.bad.error;

import io.github.gitops4j.tests.architecture.bad.plan.Later;

/** Bad on purpose: a lower layer that imports a higher one, in a package without null marking. */
public final class Reaching {
  Later later() {
    return new Later();
  }
}
