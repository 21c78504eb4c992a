package io.github.gitops4j.git;

import io.github.gitops4j.application.Settings;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.Sensitive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The {@code auth} setting. The files are read before each conversation, so that a secret that was
 * renewed in place is used at once.
 */
final class CredentialFiles {
  private static final int MAX_BYTES = 64 << 10;

  private final String name;
  private final Supplier<GitCredentials> credentials;

  private CredentialFiles(String name, Supplier<GitCredentials> credentials) {
    this.name = name;
    this.credentials = credentials;
  }

  /** Returns what the setting says, or no credentials if it is not there. */
  static CredentialFiles read(Settings git) {
    return git.optionalChild("auth")
        .map(auth -> of(auth, git))
        .orElseGet(() -> new CredentialFiles("", GitCredentials::none));
  }

  /** Returns a name that is the same for the same files. */
  String name() {
    return name;
  }

  Supplier<GitCredentials> credentials() {
    return credentials;
  }

  private static CredentialFiles of(Settings auth, Settings git) {
    Optional<Path> token = auth.path("tokenFile");
    Optional<Path> password = auth.path("passwordFile");
    Optional<String> user = auth.optionalText("username");
    Optional<Path> key = auth.path("sshKeyFile");
    Optional<Path> passphrase = auth.path("passphraseFile");
    auth.done();
    boolean basic = password.isPresent() || user.isPresent();
    long kinds = Stream.of(token.isPresent(), basic, key.isPresent()).filter(has -> has).count();
    if (kinds != 1
        || password.isPresent() != user.isPresent()
        || (passphrase.isPresent() && key.isEmpty())) {
      git.wrong(
          "auth",
          "either tokenFile, or username and passwordFile, or sshKeyFile and maybe passphraseFile");
    }
    if (key.isPresent()) {
      return new CredentialFiles(
          "key " + key.get(),
          () ->
              new GitCredentials.SshKey(
                  secret(key.get()), passphrase.map(CredentialFiles::secret)));
    }
    if (token.isPresent()) {
      return new CredentialFiles(
          "token " + token.get(), () -> GitCredentials.token(secret(token.get())));
    }
    String who = user.orElse("");
    Path file = password.orElse(Path.of(""));
    return new CredentialFiles(
        "password " + who + " " + file, () -> GitCredentials.basic(who, secret(file)));
  }

  private static Sensitive<String> secret(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new SourceException(
            FailureCategory.LIMIT_EXCEEDED, file + ": reading a secret failed: it is too large");
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw new SourceException(
            FailureCategory.UNAUTHENTICATED, file + ": reading a secret failed: it is empty");
      }
      return Sensitive.of(text);
    } catch (IOException e) {
      throw new SourceException(
          FailureCategory.UNAUTHENTICATED,
          file + ": reading a secret failed: " + Failure.reasonOf(e),
          e);
    }
  }
}
