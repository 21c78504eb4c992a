package io.github.gitops4j.cli.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks a commit out with the real {@code git}, as the runners of both systems do.
 *
 * @param url the repository
 * @param authority the certificates that it is trusted by
 * @param home a directory for the configuration that nothing is in
 */
record Checkout(String url, Path authority, Path home) {
  /**
   * Makes a work tree.
   *
   * @param ref the ref that leads to the commit
   * @param depth how many commits are fetched; nothing is all, of all branches
   */
  void into(Path workspace, String ref, String commit, Optional<Integer> depth, String token)
      throws IOException, InterruptedException {
    Files.createDirectories(workspace);
    git(workspace, token, "init", "-q");
    git(workspace, token, "remote", "add", "origin", url);
    if (depth.isPresent()) {
      git(
          workspace,
          token,
          "fetch",
          "-q",
          "--depth=" + depth.get(),
          "origin",
          "+" + ref + ":" + ref);
    } else {
      git(
          workspace,
          token,
          "fetch",
          "-q",
          "origin",
          "+refs/heads/*:refs/remotes/origin/*",
          "+" + ref + ":" + ref);
    }
    git(workspace, token, "checkout", "-q", "--detach", commit);
  }

  /** The token is in the environment of this one command, and in no file of the work tree. */
  private void git(Path workspace, String token, String... arguments)
      throws IOException, InterruptedException {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", Shell.path());
    environment.put("HOME", home.toString());
    environment.put("GIT_SSL_CAINFO", authority.toString());
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_CONFIG_COUNT", "1");
    environment.put("GIT_CONFIG_KEY_0", "credential.helper");
    environment.put(
        "GIT_CONFIG_VALUE_0", "!printf 'username=x-access-token\\npassword=" + token + "\\n'; :");
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Shell.must(workspace, environment, command.toArray(String[]::new));
  }
}
