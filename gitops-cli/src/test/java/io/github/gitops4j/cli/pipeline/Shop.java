package io.github.gitops4j.cli.pipeline;

import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.HttpAccess;
import io.github.gitops4j.testkit.git.TestCertificate;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A repository behind a token that drives a directory, and pull requests to it. */
final class Shop implements AutoCloseable {
  static final String TOKEN = "token-of-the-job-0123456789";

  private final Path directory;
  private final GitHttpServer server;
  private final TestRepository repository;
  private final URI url;

  private Shop(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(directory.resolve("home"));
    Files.createDirectories(live());
    TestCertificate certificate = TestCertificate.valid();
    certificate.writeAuthority(authority());
    server =
        GitHttpServer.builder()
            .tls(certificate)
            .access(new HttpAccess.Basic("x-access-token", TOKEN))
            .start();
    repository = TestRepository.create(directory.resolve("origin.git"));
    url = server.serve("team/shop", repository);
  }

  static Shop open(Path directory) throws IOException {
    Shop shop = new Shop(directory);
    shop.commit()
        .put("app.yaml", shop.application(""))
        .put("envs/prod/web.conf", "port = 80\n")
        .create();
    return shop;
  }

  /** The application file, with more of the policy. */
  String application(String policy) {
    return String.join(
        "\n",
        List.of(
            "apiVersion: gitops4j.github.io/v1alpha1",
            "kind: Application",
            "metadata: {name: shop}",
            "spec:",
            "  source:",
            "    git:",
            "      url: " + url,
            "      ref: main",
            "      path: envs/prod",
            "      caFile: " + authority(),
            "      auth: {tokenFile: git-token}",
            "  target:",
            "    filesystem: {root: " + live() + "}",
            "  policy: {" + policy + "}",
            ""));
  }

  /** Begins a commit on the branch that is tracked. */
  CommitBuilder commit() {
    return repository.commit();
  }

  /** Begins a commit on a branch, which begins where {@code main} is. */
  CommitBuilder commit(String branch) {
    if (repository.refs().find("refs/heads/" + branch).isEmpty()) {
      repository.refs().set("refs/heads/" + branch, head());
    }
    return repository.commit(branch);
  }

  /** Returns the commit that is tracked. */
  String head() {
    return head(TestRepository.DEFAULT_BRANCH);
  }

  String head(String branch) {
    return repository.refs().find("refs/heads/" + branch).orElseThrow();
  }

  /** Makes the merge of a branch into the one that is tracked, as hosts do for a pull request. */
  String merge(String branch, String ref) {
    String merge =
        repository
            .commit("merge-of-" + branch)
            .parents(head(), head(branch))
            .tree(repository.treeOf(head(branch)))
            .create();
    repository.refs().set(ref, merge);
    return merge;
  }

  Checkout checkout() {
    return new Checkout(url.toString(), authority(), directory.resolve("home"));
  }

  Path live() {
    return directory.resolve("live");
  }

  private Path authority() {
    return directory.resolve("ca.pem");
  }

  @Override
  public void close() {
    server.close();
    repository.close();
  }
}
