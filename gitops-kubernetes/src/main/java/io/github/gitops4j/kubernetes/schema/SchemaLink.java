package io.github.gitops4j.kubernetes.schema;

import java.util.function.Supplier;

/** A schema, or where it is: definitions may lead back to themselves. Thread-safe. */
@FunctionalInterface
interface SchemaLink extends Supplier<Schema> {}
