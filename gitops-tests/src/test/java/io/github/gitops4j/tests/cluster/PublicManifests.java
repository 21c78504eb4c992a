package io.github.gitops4j.tests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The manifests of a public repository that many clusters run: the Prometheus operator, with custom
 * resource definitions of up to 790 kB and custom resources of most of its kinds.
 *
 * <p>It is fetched as the Go module that it is, once, and checked by the checksum below.
 */
final class PublicManifests {
  private static final String MODULE = "github.com/prometheus-operator/prometheus-operator@v0.85.0";
  private static final String SUM = "h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=";

  private PublicManifests() {}

  /** Definitions that the bundle has too, and fragments that their own definitions refuse. */
  private static final Pattern LEFT_OUT = Pattern.compile(".*(-crd|scrapeclass).*");

  /** Reads the bundle and the examples; of objects with one name the first. */
  static List<ClusterManifest> read() throws IOException, InterruptedException {
    Path root = fetch();
    List<Path> files = new ArrayList<>(List.of(root.resolve("bundle.yaml")));
    try (Stream<Path> examples = Files.walk(root.resolve("example"))) {
      examples
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !LEFT_OUT.matcher(file.toString()).matches())
          .sorted()
          .forEach(files::add);
    }
    Set<String> seen = new HashSet<>();
    return ClusterManifest.read(files).stream()
        .filter(ClusterManifest::isObject)
        .filter(manifest -> seen.add(manifest.toString()))
        .toList();
  }

  private static Path fetch() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("go", "mod", "download", "-json", MODULE)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(MODULE + ": fetching it failed: " + answer);
    }
    Document module = ClusterPaths.parse(answer);
    if (!module.at(FieldPath.root().field("Sum")).equals(Optional.of(Text.of(SUM)))) {
      throw new IOException(MODULE + ": it is not what was expected: " + answer);
    }
    return Path.of(((Text) module.at(FieldPath.root().field("Dir")).orElseThrow()).value());
  }
}
