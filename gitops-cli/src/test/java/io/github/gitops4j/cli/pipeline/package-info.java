/** The pipelines for Git hosts, run as the hosts run them. */
@NullMarked
package io.github.gitops4j.cli.pipeline;

import org.jspecify.annotations.NullMarked;
