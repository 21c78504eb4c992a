/**
 * A Git host for tests of what is published: {@link io.github.gitops4j.testkit.forge.FakeForge}
 * speaks the APIs of GitHub, GitLab, Gitea, Forgejo and Bitbucket on the loopback interface, keeps
 * what it is told, and misbehaves on order with a {@link
 * io.github.gitops4j.testkit.forge.ForgeFault}.
 */
@NullMarked
package io.github.gitops4j.testkit.forge;

import org.jspecify.annotations.NullMarked;
