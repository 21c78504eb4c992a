/**
 * How the applications of a controller stand, for people and programs: {@link
 * io.github.gitops4j.status.StatusPage} answers requests whatever server they come through, {@link
 * io.github.gitops4j.status.StatusHandler} is for that of the JDK.
 */
@NullMarked
package io.github.gitops4j.status;

import org.jspecify.annotations.NullMarked;
