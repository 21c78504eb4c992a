package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * The files of an empty bare repository. JGit's own way starts a shell to ask for the umask, and
 * fails for ever once it was killed half-way; this one may be cut at any place, and run by several
 * processes at once.
 */
final class BareLayout {
  private static final String HEAD = "HEAD";
  private static final String GENERATION = "generation";

  /** Maintenance is ours, and the bit for executable files matters in work trees only. */
  private static final String CONFIG =
      """
      [core]
      \trepositoryformatversion = 0
      \tbare = true
      \tfilemode = false
      \tlogallrefupdates = false
      [gc]
      \tauto = 0
      \tautoPackLimit = 0
      [receive]
      \tautogc = false
      """;

  private BareLayout() {}

  /** Makes what is missing; {@code HEAD} comes last. */
  static void complete(Path directory) throws IOException {
    if (isThere(directory)) {
      return;
    }
    Files.createDirectories(directory.resolve("objects/pack"));
    Files.createDirectories(directory.resolve("objects/info"));
    Files.createDirectories(directory.resolve("refs/heads"));
    write(directory.resolve("config"), CONFIG);
    write(directory.resolve(GENERATION), UUID.randomUUID().toString());
    write(directory.resolve(HEAD), "ref: refs/heads/main\n");
  }

  /** Says whether a repository is there with all that it has. */
  static boolean isThere(Path directory) {
    return Files.exists(directory.resolve(HEAD));
  }

  /** Returns a text that is another one whenever the repository was made anew; empty if unknown. */
  static String generation(Path directory) throws IOException {
    try {
      return Files.readString(directory.resolve(GENERATION), StandardCharsets.US_ASCII);
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static void write(Path file, String text) throws IOException {
    Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
    try {
      Files.writeString(part, text, StandardCharsets.US_ASCII);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
