/** The engine within a service that has its own executor, clock, events and rules. */
@NullMarked
package io.github.gitops4j.examples.service;

import org.jspecify.annotations.NullMarked;
