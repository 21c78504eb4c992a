package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;

/**
 * What counts of the configuration of a clone: the URLs of its remotes. It is read as text, without
 * what it includes.
 */
final class CloneConfig {
  private static final int LARGEST = 1 << 20;

  private CloneConfig() {}

  /**
   * Returns the URLs of the remotes.
   *
   * @throws SourceException if the clone has a form that would be read wrongly
   */
  static List<String> remotes(ClonePlace place) {
    Path file = place.commonDirectory().resolve("config");
    Config config = new Config();
    try (InputStream in = Files.newInputStream(file)) {
      config.fromText(new String(in.readNBytes(LARGEST), UTF_8));
    } catch (IOException | ConfigInvalidException e) {
      throw new SourceException(FailureCategory.INVALID_INPUT, file + ": reading failed", e);
    }
    refuseOtherForms(place, config);
    List<String> urls = new ArrayList<>();
    for (String name : config.getSubsections("remote")) {
      urls.addAll(List.of(config.getStringList("remote", name, "url")));
    }
    urls.removeIf(String::isEmpty);
    return List.copyOf(urls);
  }

  private static void refuseOtherForms(ClonePlace place, Config config) {
    String refs = config.getString("extensions", null, "refStorage");
    String hash = config.getString("extensions", null, "objectFormat");
    if ((refs != null && !refs.equals("files")) || (hash != null && !hash.equals("sha1"))) {
      throw new SourceException(
          FailureCategory.UNSUPPORTED,
          place.commonDirectory()
              + ": opening failed: only repositories with refs in files and SHA-1 are read");
    }
  }
}
