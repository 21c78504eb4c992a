package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Describes one commit; {@link #create()} writes it and moves its branch.
 *
 * <p>Without further orders the commit follows the tip of its branch and starts from the tree of
 * that tip. Author, committer and time have fixed defaults, so the same orders give the same ids on
 * every machine. Edits apply in the order in which they were given. Confined to one thread.
 *
 * @since 0.1.0
 */
public final class CommitBuilder {
  private final TestRepository repository;
  private final String branch;
  private final List<TreeEdit> edits = new ArrayList<>();
  private Optional<List<String>> parents = Optional.empty();
  private final List<String> mergedParents = new ArrayList<>();
  private Optional<String> tree = Optional.empty();
  private Optional<Instant> time = Optional.empty();
  private Optional<Function<byte[], String>> signer = Optional.empty();
  private Person author = Person.DEFAULT;
  private Person committer = Person.DEFAULT;
  private String message = "Change files\n";
  private int fileCount;

  CommitBuilder(TestRepository repository, String branch) {
    this.repository = repository;
    this.branch = branch;
  }

  /** Set the message; by default {@code Change files}. It is written byte for byte. */
  public CommitBuilder message(String text) {
    message = requireNonNull(text, "text");
    return this;
  }

  /** Set who wrote the change; by default {@link Person#DEFAULT}. */
  public CommitBuilder author(Person person) {
    author = requireNonNull(person, "person");
    return this;
  }

  /** Set who made the commit; by default {@link Person#DEFAULT}. */
  public CommitBuilder committer(Person person) {
    committer = requireNonNull(person, "person");
    return this;
  }

  /** Set author and commit time; by default one second later than the commit made before. */
  public CommitBuilder time(Instant instant) {
    time = Optional.of(requireNonNull(instant, "instant"));
    return this;
  }

  /**
   * Sign the commit; by default it is unsigned.
   *
   * @param function takes the bytes of the unsigned commit and gives the armored signature, which
   *     becomes the {@code gpgsig} header
   */
  public CommitBuilder signer(Function<byte[], String> function) {
    signer = Optional.of(requireNonNull(function, "function"));
    return this;
  }

  /** Set the parents; by default the tip of the branch. The first one gives the tree. */
  public CommitBuilder parents(String... ids) {
    parents = Optional.of(List.of(ids));
    return this;
  }

  /** Start a history of its own: no parent and an empty tree. */
  public CommitBuilder unrelated() {
    return parents();
  }

  /** Add a parent beside those that the commit has anyway, which makes it a merge. */
  public CommitBuilder merge(String id) {
    mergedParents.add(requireNonNull(id, "id"));
    return this;
  }

  /** Start from this tree; by default from the tree of the first parent. */
  public CommitBuilder tree(String treeId) {
    tree = Optional.of(requireNonNull(treeId, "treeId"));
    return this;
  }

  /** Write a file in UTF-8. */
  public CommitBuilder put(String path, String text) {
    return put(path, text.getBytes(UTF_8), EntryMode.FILE);
  }

  /** Write a file. */
  public CommitBuilder put(String path, byte[] content) {
    return put(path, content, EntryMode.FILE);
  }

  /**
   * Write an entry of any mode.
   *
   * @param path relative, with slashes; for what Git itself refuses, see {@link #putRaw}
   * @param content the bytes, the target of a symbolic link, or the hex id of a submodule's commit
   * @param mode what the entry is
   */
  public CommitBuilder put(String path, byte[] content, EntryMode mode) {
    RawPath target = checked(path);
    byte[] bytes = content.clone();
    fileCount++;
    edits.add(
        (root, inserter) -> {
          ObjectId id = CommitWriter.content(inserter, bytes, mode);
          CommitWriter.directory(root, target).put(target.leaf(), mode.bits(), id);
        });
    return this;
  }

  /** Write a symbolic link; its target is not checked. */
  public CommitBuilder symlink(String path, String target) {
    return put(path, target.getBytes(UTF_8), EntryMode.SYMLINK);
  }

  /** Write a submodule entry; nothing is added to {@code .gitmodules}. */
  public CommitBuilder submodule(String path, String commitId) {
    return put(path, commitId.getBytes(UTF_8), EntryMode.SUBMODULE);
  }

  /** Write a Git LFS pointer to content that is stored nowhere. */
  public CommitBuilder lfsPointer(String path, String sha256, long size) {
    return put(
        path,
        "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"
            .formatted(sha256, size));
  }

  /**
   * Write a file from a stream of known length, which is never held in memory.
   *
   * @param content opened when the commit is created, read to {@code size}, then closed
   */
  public CommitBuilder putStream(String path, long size, Supplier<InputStream> content) {
    RawPath target = checked(path);
    requireNonNull(content, "content");
    edits.add(
        (root, inserter) -> {
          try (InputStream in = content.get()) {
            ObjectId id = inserter.insert(Constants.OBJ_BLOB, size, in);
            CommitWriter.directory(root, target).put(target.leaf(), EntryMode.FILE.bits(), id);
          }
        });
    return this;
  }

  /** Write a file of zeros of any size, which is never held in memory. */
  public CommitBuilder putZeros(String path, long size) {
    return putStream(path, size, () -> new ZeroStream(size));
  }

  /**
   * Write many files below a directory, at most 256 entries in each directory; {@link
   * #pathOf(String, int)} names them.
   *
   * @param content gives the text of the file of each number from zero
   */
  public CommitBuilder putMany(String directory, int count, IntFunction<String> content) {
    checked(directory);
    requireNonNull(content, "content");
    fileCount += count;
    edits.add(
        (root, inserter) -> {
          for (int number = 0; number < count; number++) {
            RawPath target = checked(pathOf(directory, number));
            byte[] bytes = content.apply(number).getBytes(UTF_8);
            CommitWriter.directory(root, target)
                .put(
                    target.leaf(),
                    EntryMode.FILE.bits(),
                    inserter.insert(Constants.OBJ_BLOB, bytes));
          }
        });
    return this;
  }

  /** Name the file of this number that {@link #putMany} writes. */
  public static String pathOf(String directory, int number) {
    return String.format(
        Locale.ROOT,
        "%s/%02x/%02x/%02x.yaml",
        directory,
        number >>> 16,
        (number >>> 8) & 0xff,
        number & 0xff);
  }

  /**
   * Add an entry without a check, beside any of the same name: the way to trees that no porcelain
   * writes. Entries are sorted as Git sorts them.
   *
   * @param content as in {@link #put(String, byte[], EntryMode)}
   */
  public CommitBuilder putRaw(RawPath path, byte[] content, EntryMode mode) {
    requireNonNull(path, "path");
    byte[] bytes = content.clone();
    edits.add(
        (root, inserter) -> {
          TreeNode directory = root;
          for (String name : path.directories()) {
            directory = directory.directoryBeside(name);
          }
          directory.append(path.leaf(), mode.bits(), CommitWriter.content(inserter, bytes, mode));
        });
    return this;
  }

  /** Add a plain file without a check, as {@link #putRaw(RawPath, byte[], EntryMode)} does. */
  public CommitBuilder putRaw(RawPath path, String text) {
    return putRaw(path, text.getBytes(UTF_8), EntryMode.FILE);
  }

  /** Remove a file or a whole directory; nothing happens where there is none. */
  public CommitBuilder remove(String path) {
    RawPath target = checked(path);
    edits.add((root, inserter) -> CommitWriter.directory(root, target).remove(target.leaf()));
    return this;
  }

  /** Remove everything that is in the tree so far. */
  public CommitBuilder clear() {
    edits.add((root, inserter) -> root.clear());
    return this;
  }

  /**
   * Write the commit and point its branch at it, wherever the branch was.
   *
   * @return the commit's id
   */
  public String create() {
    String id = createDetached();
    repository.refs().branch(branch, id);
    return id;
  }

  /**
   * Write the commit and leave all refs alone.
   *
   * @return the commit's id
   */
  public String createDetached() {
    List<String> all =
        new ArrayList<>(
            parents.orElseGet(() -> repository.refs().find(branchRef()).stream().toList()));
    all.addAll(mergedParents);
    Instant when = time.orElseGet(repository::nextTime);
    CommitWriter writer = new CommitWriter(repository, fileCount);
    String treeId =
        writer.writeTree(tree.or(() -> all.stream().findFirst().map(repository::treeOf)), edits);
    StringBuilder head = new StringBuilder("tree ").append(treeId).append('\n');
    all.forEach(parent -> head.append("parent ").append(parent).append('\n'));
    head.append("author ").append(author.line(when.getEpochSecond())).append('\n');
    head.append("committer ").append(committer.line(when.getEpochSecond())).append('\n');
    return repository.commitRaw(signed(head.toString()).getBytes(UTF_8));
  }

  private String signed(String head) {
    String unsigned = head + '\n' + message;
    return signer
        .map(function -> function.apply(unsigned.getBytes(UTF_8)).strip().replace("\n", "\n "))
        .map(signature -> head + "gpgsig " + signature + "\n\n" + message)
        .orElse(unsigned);
  }

  private String branchRef() {
    return Constants.R_HEADS + branch;
  }

  private static RawPath checked(String path) {
    String[] names = requireNonNull(path, "path").split("/", -1);
    for (String name : names) {
      if (name.isEmpty() || name.equals(".") || name.equals("..") || isGitDirectory(name)) {
        throw new IllegalArgumentException(
            "'" + path + "': Git refuses this path; putRaw writes it");
      }
    }
    return RawPath.of(names);
  }

  private static boolean isGitDirectory(String name) {
    return name.equalsIgnoreCase(Constants.DOT_GIT);
  }
}
