package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeChange;
import io.github.gitops4j.source.TreeChanges;
import io.github.gitops4j.source.TreeEntry;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a directory held when it was read. Bytes are read from the directory itself; if they are no
 * longer those, reading them fails.
 */
final class DirectoryTree implements SourceTree {
  private final Path root;
  private final SortedMap<String, LiveFile> files;
  private final Map<String, DirectoryTree> earlier;
  private final String id;

  private DirectoryTree(
      Path root, SortedMap<String, LiveFile> files, Map<String, DirectoryTree> earlier) {
    this.root = root;
    this.files = files;
    this.earlier = earlier;
    MessageDigest sha256 = ContentDigest.sha256();
    files.forEach(
        (path, file) ->
            sha256.update(
                (path + '\0' + file.digest().hex() + '\n').getBytes(StandardCharsets.UTF_8)));
    this.id = ContentDigest.ofDigest(sha256.digest()).hex();
  }

  /** Creates a tree that can say how it differs from the earlier ones, which it lets go. */
  static DirectoryTree of(Path root, List<LiveFile> files, Map<String, DirectoryTree> earlier) {
    SortedMap<String, LiveFile> sorted = new TreeMap<>();
    files.forEach(file -> sorted.put(file.key().name(), file));
    Map<String, DirectoryTree> flat = new TreeMap<>();
    earlier.forEach(
        (name, tree) -> flat.put(name, new DirectoryTree(tree.root, tree.files, Map.of())));
    return new DirectoryTree(root, sorted, flat);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public void forEach(Consumer<TreeEntry> visitor, CallContext call) {
    call.checkActive("read tree");
    files.values().forEach(file -> visitor.accept(entry(file)));
  }

  private static TreeEntry entry(LiveFile file) {
    return new TreeEntry(
        file.key().name(),
        FileReading.mode(file.stat()),
        FileDigests.CONTENT_PREFIX + file.digest().hex());
  }

  @Override
  public List<String> names(String directory, CallContext call) {
    call.checkActive("read names");
    String prefix = directory.isEmpty() ? "" : directory + "/";
    TreeSet<String> names = new TreeSet<>();
    for (String path : files.tailMap(prefix).keySet()) {
      if (!path.startsWith(prefix)) {
        break;
      }
      String rest = path.substring(prefix.length());
      int slash = rest.indexOf('/');
      names.add(slash < 0 ? rest : rest.substring(0, slash));
    }
    return List.copyOf(names);
  }

  @Override
  public Optional<TreeEntry> find(String path, CallContext call) {
    call.checkActive("find file");
    return Optional.ofNullable(files.get(path)).map(DirectoryTree::entry);
  }

  @Override
  public InputStream open(TreeEntry entry) throws IOException {
    LiveFile file = file(entry);
    Path path = ScanNames.resolve(root, entry.path());
    InputStream in =
        file.stat().isLink()
            ? new ByteArrayInputStream(
                Files.readSymbolicLink(path).toString().getBytes(StandardCharsets.UTF_8))
            : Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
    return new CheckedContent(in, file);
  }

  @Override
  public long size(TreeEntry entry) throws IOException {
    return file(entry).stat().size();
  }

  private LiveFile file(TreeEntry entry) throws IOException {
    LiveFile file = files.get(entry.path());
    if (file == null) {
      throw new FileNotFoundException(entry.path() + ": it is not in this tree");
    }
    return file;
  }

  @Override
  public TreeChanges changesSince(String treeId, CallContext call) {
    call.checkActive("compare trees");
    DirectoryTree before = treeId.equals(id) ? this : earlier.get(treeId);
    if (before == null) {
      return new TreeChanges.Unknown();
    }
    TreeSet<String> paths = new TreeSet<>(files.keySet());
    paths.addAll(before.files.keySet());
    List<TreeChange> changes = new ArrayList<>();
    for (String path : paths) {
      Optional<TreeEntry> old =
          Optional.ofNullable(before.files.get(path)).map(DirectoryTree::entry);
      Optional<TreeEntry> now = find(path, call);
      if (!Objects.equals(old, now)) {
        changes.add(new TreeChange(path, old, now));
      }
    }
    return new TreeChanges.Known(changes);
  }
}
