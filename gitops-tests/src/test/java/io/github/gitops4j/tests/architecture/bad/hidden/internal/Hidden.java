package io.github.gitops4j.tests.architecture.bad.hidden.internal;

/** Public for Java's sake only. */
public final class Hidden {}
