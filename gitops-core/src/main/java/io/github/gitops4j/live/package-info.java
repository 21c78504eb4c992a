/**
 * What the backend reports now. Absent, unreadable and forbidden are three answers.
 *
 * <p>Layer 5.
 */
@NullMarked
package io.github.gitops4j.live;

import org.jspecify.annotations.NullMarked;
