/** Tests of what is published, against a host that speaks each API and all its errors. */
@NullMarked
package io.github.gitops4j.forge.publish;

import org.jspecify.annotations.NullMarked;
