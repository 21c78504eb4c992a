package io.github.gitops4j.kubernetes.inventory;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.resource.ContentDigest;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of the Secrets that hold the state of one owner.
 *
 * <p>Immutable.
 */
final class StateNames {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private final String name;
  private final Pattern chunk;

  StateNames(String name) {
    this.name = label("name", name);
    this.chunk = Pattern.compile(Pattern.quote(name) + "-inventory-([0-9]{1,18})-[0-9a-f]+");
  }

  /** Returns a name that may stand in a URL and in a label; refuses any other. */
  static String label(String what, String text) {
    if (!LABEL.matcher(requireNonNull(text, what)).matches()) {
      throw new IllegalArgumentException(what + " is no label of RFC 1123: " + text);
    }
    return text;
  }

  /** The one Secret that changes. */
  String head() {
    return name;
  }

  /** Says that there was a head once. */
  String origin() {
    return name + "-origin";
  }

  /** Records of the inventory, by the commit that wrote them; no name is given twice. */
  String newChunk(long sequence) {
    String random = ContentDigest.of(UUID.randomUUID().toString()).abbreviated();
    return String.format(Locale.ROOT, "%s-inventory-%d-%s", name, sequence, random);
  }

  /** Returns the sequence of the commit that a chunk was written for; -1 for other names. */
  long sequenceOf(String secret) {
    Matcher matcher = chunk.matcher(secret);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
  }

  /** Records of the history, counted from 1. */
  String segment(int number) {
    return name + "-history-" + number;
  }

  /** The whole inventory, as earlier versions kept it. */
  String wholeInventory() {
    return name + "-inventory";
  }
}
