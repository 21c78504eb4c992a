@NullMarked
package io.github.gitops4j.examples.service;

import org.jspecify.annotations.NullMarked;
