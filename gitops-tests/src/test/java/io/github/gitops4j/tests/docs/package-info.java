/** What the Markdown pages say, held against the sources: examples, links, names of tests. */
@NullMarked
package io.github.gitops4j.tests.docs;

import org.jspecify.annotations.NullMarked;
