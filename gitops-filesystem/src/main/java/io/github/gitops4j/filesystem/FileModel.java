package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.Declaration;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Each file of the source is one file of the target, byte for byte.
 *
 * <p>A name that some file system could take for another one, for {@code .git}, for a device or for
 * a way out of the root is refused, whatever system this is: a repository is shared. So are two
 * names in one directory that differ only in case or Unicode form, and submodules.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FileModel implements ResourceModel {
  private static final int MAX_LINK = 4096;
  private static final String SAFE_NAME = "; expected a name that is safe on every file system";

  private final LinkPolicy links;
  private final Sharing sharing;

  FileModel(LinkPolicy links, Sharing sharing) {
    this.links = requireNonNull(links, "links");
    this.sharing = sharing;
  }

  /** Creates a model. */
  public static FileModel of(LinkPolicy links) {
    return new FileModel(links, new Sharing());
  }

  @Override
  public String id() {
    return "files/1;links=" + links;
  }

  @Override
  public boolean readsContent() {
    return false;
  }

  @Override
  public Declaration declare(TreeEntry entry, SourceTree tree, CallContext call) {
    Optional<String> name = PathRules.problem(entry.path());
    if (name.isPresent()) {
      return new Declaration.Broken(finding(entry.path(), name.get() + SAFE_NAME));
    }
    Optional<String> mode = modeProblem(entry, tree);
    if (mode.isPresent()) {
      return new Declaration.Broken(finding(entry.path(), mode.get()));
    }
    return new Declaration.Declared(
        List.of(sharing.entry(entry.path(), digest(entry, tree, call))));
  }

  private Optional<String> modeProblem(TreeEntry entry, SourceTree tree) {
    if (entry.mode() == FileMode.SUBMODULE) {
      return Optional.of("a submodule; expected files, as it is not followed");
    } else if (entry.mode() != FileMode.SYMLINK || links == LinkPolicy.ANY) {
      return Optional.empty();
    } else if (links == LinkPolicy.DENY) {
      return Optional.of("a symbolic link; expected a file, as the link policy says");
    }
    return staysInside(entry.path(), linkTarget(entry, tree))
        ? Optional.empty()
        : Optional.of("a symbolic link that leaves the root; expected one to what is below it");
  }

  private static String linkTarget(TreeEntry entry, SourceTree tree) {
    try (InputStream in = tree.open(entry)) {
      return new String(in.readNBytes(MAX_LINK), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(entry, e);
    }
  }

  /**
   * Follows a link's target by its words alone. A way back is allowed at its beginning only, where
   * it leads through real directories: behind a name that is a link itself it would lead elsewhere.
   */
  static boolean staysInside(String path, String target) {
    if (target.isEmpty() || target.startsWith("/")) {
      return false;
    }
    List<String> at = new ArrayList<>(List.of(path.split("/", -1)));
    at.remove(at.size() - 1);
    boolean forward = false;
    for (String part : target.split("/", -1)) {
      if (part.equals("..")) {
        if (at.isEmpty() || forward) {
          return false;
        }
        at.remove(at.size() - 1);
      } else if (!part.isEmpty() && !part.equals(".")) {
        at.add(part);
        forward = true;
      }
    }
    return at.isEmpty() || PathRules.problem(String.join("/", at)).isEmpty();
  }

  private static ContentDigest digest(TreeEntry entry, SourceTree tree, CallContext call) {
    try {
      return FileDigests.of(entry, tree, call);
    } catch (IOException e) {
      throw unreadable(entry, e);
    }
  }

  private static SourceException unreadable(TreeEntry entry, IOException cause) {
    return new SourceException(
        FailureCategory.UNAVAILABLE,
        entry.path() + ": reading failed: " + Failure.reasonOf(cause),
        cause);
  }

  private static BrokenInput finding(String path, String problem) {
    return new BrokenInput(
        Origin.file(path), Failure.of(FailureCategory.INVALID_INPUT, path + ": " + problem));
  }

  @Override
  public Content content(DesiredEntry declared, TreeEntry file, SourceTree tree, CallContext call) {
    return new Content.Opaque(file.contentId(), file.mode(), () -> tree.open(file));
  }

  @Override
  public List<BrokenInput> checkNames(SourceTree tree, Set<String> directories, CallContext call) {
    List<BrokenInput> findings = new ArrayList<>();
    for (String directory : new TreeSet<>(directories)) {
      call.checkActive("check names");
      Map<String, String> seen = new HashMap<>();
      for (String name : tree.names(directory, call)) {
        String other = seen.putIfAbsent(PathRules.fold(name), name);
        if (other != null) {
          String path = directory.isEmpty() ? name : directory + "/" + name;
          findings.add(
              finding(path, "a name that clashes with " + other + " beside it" + SAFE_NAME));
        }
      }
    }
    return findings;
  }
}
