package io.github.gitops4j.benchmarks;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A tree of many files, no two alike, that holds none of them: what is on the heap is the engine's.
 * Each directory has at most 256 entries.
 */
final class ManyFilesTree implements SourceTree {
  private static final int FAN_OUT = 256;
  private static final int LAST_SHIFT = 16;
  private static final String ROOT = "environments/production";

  private final int files;

  ManyFilesTree(int files) {
    this.files = files;
  }

  @Override
  public String id() {
    return "many-files-" + files;
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    for (int number = 0; number < files; number++) {
      visitor.accept(entry(number));
    }
  }

  private static TreeEntry entry(int number) {
    return new TreeEntry(path(number), FileMode.REGULAR, blobId(content(number)));
  }

  private static String path(int number) {
    return String.format(
        Locale.ROOT,
        "%s/%02x/%02x/%02x.yaml",
        ROOT,
        number >>> 16,
        (number >>> 8) & 0xff,
        number & 0xff);
  }

  private static byte[] content(int number) {
    return Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
  }

  private static String blobId(byte[] content) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.length + '\0').getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-1", e);
    }
  }

  private static int number(String path) {
    String digits = path.substring(ROOT.length(), path.lastIndexOf('.')).replace("/", "");
    return Integer.parseInt(digits, 16);
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    if (directory.length() < ROOT.length()) {
      return List.of(directory.isEmpty() ? ROOT.substring(0, ROOT.indexOf('/')) : "production");
    }
    String digits = directory.substring(ROOT.length()).replace("/", "");
    int prefix = digits.isEmpty() ? 0 : Integer.parseInt(digits, 16) << 8;
    int shift = LAST_SHIFT - 4 * digits.length();
    List<String> names = new ArrayList<>();
    for (int child = 0; child < FAN_OUT && (prefix + child) << shift < files; child++) {
      names.add(String.format(Locale.ROOT, "%02x%s", child, shift == 0 ? ".yaml" : ""));
    }
    return names;
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    return Optional.of(entry(number(path)));
  }

  @Override
  public InputStream open(TreeEntry entry) {
    return new ByteArrayInputStream(content(number(entry.path())));
  }

  @Override
  public long size(TreeEntry entry) {
    return content(number(entry.path())).length;
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    return treeId.equals(id()) ? new TreeChanges.Known(List.of()) : new TreeChanges.Unknown();
  }
}
