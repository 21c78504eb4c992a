package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.PathSegment;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.TextEdit;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.util.RawParseUtils;

/**
 * The files of a directory that name an image. Only those in which its name stands are read as YAML
 * or JSON.
 *
 * <p>Confined to one call.
 */
final class ImageFiles {
  private static final PathSegment FIELD = new PathSegment.Field("image");
  private static final List<String> BROKEN = List.of("broken");

  private final ImageName image;
  private final byte[] name;
  private final ObjectReader reader;

  ImageFiles(ImageName image, ObjectReader reader) {
    this.image = image;
    this.name = image.name().getBytes(UTF_8);
    this.reader = reader;
  }

  /** Does something with a file that may name the image. */
  private interface Visit {
    /** Returns the blob of the file from now on. */
    ObjectId file(String path, ObjectId blob, byte[] content) throws IOException;
  }

  /** Returns the versions that each file asks for. */
  SortedMap<String, List<String>> versions(ObjectId tree, String path) throws IOException {
    SortedMap<String, List<String>> versions = new TreeMap<>();
    walk(
        tree,
        path.isEmpty() ? "" : path + "/",
        new MemoryObjects(),
        (file, blob, content) -> {
          List<String> found = versions(file, content);
          if (!found.isEmpty()) {
            versions.put(file, found);
          }
          return blob;
        });
    return versions;
  }

  private List<String> versions(String file, byte[] content) {
    List<String> versions = new ArrayList<>();
    TextEdit look =
        TextEdit.by(
            (path, text) -> {
              version(path, text).ifPresent(versions::add);
              return Optional.empty();
            });
    try {
      look.apply(file, content);
      return versions;
    } catch (InvalidInputException e) {
      return BROKEN;
    }
  }

  private Optional<String> version(FieldPath path, String text) {
    List<PathSegment> segments = path.segments();
    boolean names = !segments.isEmpty() && segments.get(segments.size() - 1).equals(FIELD);
    return names ? image.version(text) : Optional.empty();
  }

  /**
   * Returns the directory with another version of the image.
   *
   * @throws GitWriteException if no file names the image, or one that may cannot be read
   */
  ObjectId with(String version, ObjectId tree, GitScope scope, MemoryObjects objects)
      throws IOException {
    List<String> named = new ArrayList<>();
    TextEdit edit =
        TextEdit.by(
            (path, text) -> {
              Optional<String> before = version(path, text);
              before.ifPresent(named::add);
              return before.map(any -> image.at(version));
            });
    ObjectId changed =
        walk(
            tree,
            scope.path().isEmpty() ? "" : scope.path() + "/",
            objects,
            (file, blob, content) ->
                objects.insert(Constants.OBJ_BLOB, edited(edit, file, content)));
    if (named.isEmpty()) {
      throw wrong("no file in " + scope.shown() + " names the image " + image.name());
    }
    return changed;
  }

  private static byte[] edited(TextEdit edit, String file, byte[] content) {
    try {
      return edit.apply(file, content);
    } catch (InvalidInputException e) {
      throw wrong(e.failure().message());
    }
  }

  private ObjectId walk(ObjectId tree, String prefix, MemoryObjects objects, Visit visit)
      throws IOException {
    TreeNames after = TreeNames.read(tree, reader);
    boolean[] changed = new boolean[1];
    TreeNames.read(tree, reader)
        .forEach(
            (raw, item) -> {
              String path = prefix + TreeNames.text(raw);
              ObjectId id = item.id();
              if (item.isDirectory()) {
                id = walk(item.id(), path + "/", objects, visit);
              } else if (item.isFile() && isDocument(path)) {
                byte[] content = content(item.id());
                id = isNamedIn(content) ? visit.file(path, item.id(), content) : item.id();
              }
              if (!id.equals(item.id())) {
                changed[0] = true;
                after.set(raw, new TreeItem(item.mode(), id));
              }
            });
    return changed[0] ? requireNonNull(after.write(objects)) : tree;
  }

  private byte[] content(ObjectId blob) throws IOException {
    try (InputStream in = reader.open(blob, Constants.OBJ_BLOB).openStream()) {
      return DocumentLimits.defaults().read(in);
    }
  }

  private boolean isNamedIn(byte[] content) {
    for (int i = 0; i + name.length <= content.length; i++) {
      if (RawParseUtils.match(content, i, name) > 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDocument(String path) {
    return path.endsWith(".yaml") || path.endsWith(".yml") || path.endsWith(".json");
  }

  private static GitWriteException wrong(String why) {
    return GitWriteException.of(FailureCategory.INVALID_INPUT, "writing failed: " + why);
  }
}
