package io.github.gitops4j.kubernetes.schema;

/** What is wrong with a value. Immutable. */
record Problem(Place at, String message) {}
