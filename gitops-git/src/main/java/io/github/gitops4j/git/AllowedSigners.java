package io.github.gitops4j.git;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.jspecify.annotations.Nullable;

/**
 * A file of allowed signers. A line that is not understood makes the whole file unusable: what it
 * was to forbid is not known.
 */
final class AllowedSigners {
  private static final String KEY_BEGIN = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
  private static final String KEY_END = "-----END PGP PUBLIC KEY BLOCK-----";
  private static final Pattern WORD = Pattern.compile("(?:[^\\s\"]|\"[^\"]*\")+");
  private static final Pattern KEY_TYPE = Pattern.compile("(ssh|ecdsa|sk)-[a-z0-9@.-]+");
  private static final Pattern OPTION = Pattern.compile("([a-z-]+)(?:=\"([^\"]*)\")?(?:,|$)");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

  private final Path file;
  private final List<SshSigner> ssh = new ArrayList<>();
  private final List<String> pgp = new ArrayList<>();

  private AllowedSigners(Path file) {
    this.file = file;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it cannot be read or understood
   */
  static AllowedSigners read(Path file) {
    AllowedSigners signers = new AllowedSigners(file);
    StringBuilder block = new StringBuilder();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!block.isEmpty() || line.strip().equals(KEY_BEGIN)) {
        block.append(line.strip()).append('\n');
        if (line.strip().equals(KEY_END)) {
          signers.pgp.add(block.toString());
          block.setLength(0);
        }
      } else if (!line.isBlank() && !line.strip().startsWith("#")) {
        signers.add(line, number);
      }
    }
    if (!block.isEmpty()) {
      throw signers.wrong(number, "an OpenPGP key has no end");
    }
    return signers;
  }

  /** Returns the keys of a file that has a public key on each line. */
  static List<PublicKey> readKeys(Path file) {
    AllowedSigners signers = new AllowedSigners(file);
    List<PublicKey> keys = new ArrayList<>();
    int number = 0;
    for (String line : lines(file)) {
      number++;
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        keys.add(signers.key(line.strip(), number));
      }
    }
    return keys;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new InvalidInputException(
          file.toString(), 0, 0, "reading signers failed: " + Failure.reasonOf(e));
    }
  }

  List<SshSigner> ssh() {
    return ssh;
  }

  /** Returns the armored OpenPGP keys. */
  List<String> pgp() {
    return pgp;
  }

  private void add(String line, int number) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group());
    }
    boolean plain = words.size() > 1 && KEY_TYPE.matcher(words.get(1)).matches();
    int at = plain ? 1 : 2;
    if (words.size() < at + 2) {
      throw wrong(number, "expected principals, maybe options, a key type and a key");
    }
    Map<String, String> options = plain ? Map.of() : options(words.get(1), number);
    PublicKey key = key(words.get(at) + " " + words.get(at + 1), number);
    if (!options.containsKey("cert-authority")) {
      ssh.add(
          new SshSigner(
              words.get(0).replace("\"", ""),
              key,
              Optional.ofNullable(options.get("namespaces")),
              time(options.get("valid-after"), number),
              time(options.get("valid-before"), number)));
    }
  }

  private Map<String, String> options(String text, int number) {
    Map<String, String> options = new HashMap<>();
    Matcher matcher = OPTION.matcher(text);
    int at = 0;
    for (; at < text.length() && matcher.find(at) && matcher.start() == at; at = matcher.end()) {
      String value = matcher.group(2) == null ? "" : matcher.group(2);
      boolean known =
          switch (matcher.group(1)) {
            case "cert-authority" -> matcher.group(2) == null;
            case "namespaces", "valid-after", "valid-before" -> !value.isEmpty();
            default -> false;
          };
      if (!known || options.put(matcher.group(1), value) != null) {
        throw wrong(number, "option " + matcher.group(1) + " is unknown, empty or given twice");
      }
    }
    if (at < text.length()) {
      throw wrong(number, "the options are not understood");
    }
    return options;
  }

  private PublicKey key(String text, int number) {
    try {
      PublicKey key =
          AuthorizedKeyEntry.parseAuthorizedKeyEntry(text)
              .resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.FAILING);
      if (key != null) {
        return key;
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw wrong(number, "not a public key: " + e.getClass().getSimpleName());
    }
    throw wrong(number, "not a public key");
  }

  /** A day, or a time to the minute or second; in UTC, with or without a Z at its end. */
  private Optional<Instant> time(@Nullable String text, int number) {
    if (text == null) {
      return Optional.empty();
    }
    String digits = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
    try {
      String full =
          switch (digits.length()) {
            case 8 -> digits + "000000";
            case 12 -> digits + "00";
            default -> digits;
          };
      return Optional.of(LocalDateTime.parse(full, TIME).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      throw wrong(number, "not a time such as 20261231 or 202612312359Z: " + text);
    }
  }

  private InvalidInputException wrong(int line, String problem) {
    return new InvalidInputException(file.toString(), line, 0, "allowed signers: " + problem);
  }
}
