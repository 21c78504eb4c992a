package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefDatabase;
import org.eclipse.jgit.lib.RefRename;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.SymbolicRef;
import org.jspecify.annotations.Nullable;

/**
 * The refs of a clone, as its files say. Nothing is ever written.
 *
 * <p>Thread-safe.
 */
final class CloneRefs extends RefDatabase {
  private static final int DEEPEST = 5;
  private static final String SYMBOLIC = "ref: ";

  /** HEAD, ORIG_HEAD and the like. */
  private static final Pattern OWN = Pattern.compile("[A-Z_]*HEAD");

  private final ClonePlace place;
  private Packed packed = new Packed("", Map.of());

  /**
   * The refs of the one file that has many.
   *
   * @param version tells the file from later ones; it is replaced as a whole
   * @param refs their commits by name
   */
  private record Packed(String version, Map<String, ObjectId> refs) {}

  CloneRefs(ClonePlace place) {
    this.place = place;
  }

  @Override
  public @Nullable Ref exactRef(String name) throws IOException {
    return read(name, 0);
  }

  private @Nullable Ref read(String name, int depth) throws IOException {
    boolean own = OWN.matcher(name).matches();
    if (depth > DEEPEST || (!own && !Repository.isValidRefName(name))) {
      return null;
    }
    String text = loose((own ? place.gitDirectory() : place.commonDirectory()).resolve(name));
    if (text.startsWith(SYMBOLIC)) {
      String target = text.substring(SYMBOLIC.length()).strip();
      Ref leaf = read(target, depth + 1);
      return new SymbolicRef(
          name, leaf == null ? new ObjectIdRef.Unpeeled(Ref.Storage.NEW, target, null) : leaf);
    }
    ObjectId id = ObjectId.isId(text) ? ObjectId.fromString(text) : packed().get(name);
    return id == null ? null : new ObjectIdRef.Unpeeled(Ref.Storage.LOOSE, name, id);
  }

  private static String loose(Path file) throws IOException {
    try {
      return Files.isRegularFile(file) ? ClonePlace.line(file) : "";
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private synchronized Map<String, ObjectId> packed() throws IOException {
    Path file = place.commonDirectory().resolve("packed-refs");
    if (!Files.isRegularFile(file)) {
      return Map.of();
    }
    BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
    String version = now.fileKey() + " " + now.lastModifiedTime() + " " + now.size();
    if (!version.equals(packed.version())) {
      packed = new Packed(version, read(file));
    }
    return packed.refs();
  }

  private static Map<String, ObjectId> read(Path file) throws IOException {
    Map<String, ObjectId> found = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        int space = line.indexOf(' ');
        if (space > 0 && ObjectId.isId(line.substring(0, space))) {
          found.put(line.substring(space + 1), ObjectId.fromString(line.substring(0, space)));
        }
      }
    }
    return found;
  }

  @Override
  public Ref peel(Ref ref) {
    return ref;
  }

  @Override
  @SuppressWarnings("deprecation")
  public Map<String, Ref> getRefs(String prefix) {
    return Map.of();
  }

  @Override
  public List<Ref> getAdditionalRefs() {
    return List.of();
  }

  @Override
  public boolean isNameConflicting(String name) {
    return true;
  }

  @Override
  public ReflogReader getReflogReader(Ref ref) {
    throw readOnly();
  }

  @Override
  public RefUpdate newUpdate(String name, boolean detach) {
    throw readOnly();
  }

  @Override
  public RefRename newRename(String fromName, String toName) {
    throw readOnly();
  }

  @Override
  public void create() {
    throw readOnly();
  }

  @Override
  public void close() {}

  private static IllegalStateException readOnly() {
    return new IllegalStateException("a clone is only read, and its reflog is not");
  }
}
