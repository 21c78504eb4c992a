package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/** The real {@code gpg} with a home of its own, whose path has to be short: a socket is in it. */
final class RealGpg implements AutoCloseable {
  private final Path home;

  private RealGpg(Path home) {
    this.home = home;
  }

  static RealGpg create() throws IOException {
    return new RealGpg(
        Files.createTempDirectory(
            Path.of("/tmp"),
            "gpg",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))));
  }

  /** Returns a program that is gpg in this home. */
  Path program() throws IOException {
    Path program = home.resolve("gpg.sh");
    Files.writeString(program, "#!/bin/sh\nexec gpg --homedir '" + home + "' \"$@\"\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program;
  }

  /** Makes a key with a part for signing, and returns its armored secret half. */
  String newKey(String user, String passphrase) throws IOException, InterruptedException {
    List<String> unlock =
        List.of("--batch", "--pinentry-mode", "loopback", "--passphrase", passphrase);
    run(unlock, "--quick-generate-key", user, "ed25519", "sign", "never");
    return run(unlock, "--armor", "--export-secret-keys");
  }

  private String run(List<String> first, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("gpg", "--homedir", home.toString()));
    command.addAll(first);
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectError(home.resolve("err").toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(command + ": " + Files.readString(home.resolve("err")));
    }
    return output;
  }

  /** Ends the agent that gpg has started in this home. */
  @Override
  public void close() throws IOException {
    new ProcessBuilder("gpgconf", "--homedir", home.toString(), "--kill", "all").start();
    Leftovers.deleteTree(home);
  }
}
