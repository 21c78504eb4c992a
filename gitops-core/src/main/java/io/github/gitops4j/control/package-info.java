/**
 * Many applications, kept right for ever: triggers enqueue, workers make passes, what is not right
 * yet is tried again.
 *
 * <p>Layer 16. It makes no threads: an executor and a scheduler are handed in.
 */
@NullMarked
package io.github.gitops4j.control;

import org.jspecify.annotations.NullMarked;
