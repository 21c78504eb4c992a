/**
 * Real Git servers, and repositories that no porcelain would write, for tests of code that uses
 * Git.
 *
 * <p>{@link io.github.gitops4j.testkit.git.TestRepository} makes repositories, {@link
 * io.github.gitops4j.testkit.git.GitHttpServer} and {@link
 * io.github.gitops4j.testkit.git.GitSshServer} serve them on the loopback interface, {@link
 * io.github.gitops4j.testkit.git.GitFault} and {@link io.github.gitops4j.testkit.git.TcpFault} make
 * them misbehave. The package stands alone: it uses no other module of this project, and no type of
 * JGit or of the SSH library appears in a public signature.
 *
 * <p>Failures of the machine below (a full disk, a port that cannot be bound) leave as {@link
 * java.io.UncheckedIOException}; wrong arguments as {@link IllegalArgumentException}, {@link
 * NullPointerException} and {@link IllegalStateException}.
 */
@NullMarked
package io.github.gitops4j.testkit.git;

import org.jspecify.annotations.NullMarked;
