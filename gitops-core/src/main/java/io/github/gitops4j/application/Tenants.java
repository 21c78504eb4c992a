package io.github.gitops4j.application;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.gate.Tenant;
import io.github.gitops4j.resource.Globs;
import io.github.gitops4j.resource.ResourceSelector;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tenants of a program, and whose an application is: that is for the place of its file to say,
 * and not for the file. A file of tenants is trusted, so it lies outside of what tenants can write.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class Tenants {
  private final Map<Tenant, Globs> files;

  private Tenants(Map<Tenant, Globs> files) {
    this.files = files;
  }

  /**
   * Reads the tenants of a file.
   *
   * @throws InvalidInputException for the first thing that is wrong; the others are suppressed
   *     exceptions of it
   */
  public static Tenants read(String file, byte[] yaml) {
    List<InvalidInputException> findings = new ArrayList<>();
    Map<Tenant, Globs> files = new LinkedHashMap<>();
    for (DocumentPart part : YamlReader.create().read(file, yaml)) {
      tenant(Settings.of(file, part.document().root(), part.line(), findings), files);
    }
    if (files.isEmpty() && findings.isEmpty()) {
      findings.add(new InvalidInputException(file, 0, 0, "expected a tenant; it is empty"));
    }
    InvalidInputException.throwFirst(findings);
    return new Tenants(files);
  }

  private static void tenant(Settings top, Map<Tenant, Globs> files) {
    top.expect("apiVersion", ApplicationReader.API_VERSION);
    top.expect("kind", "Tenant");
    Settings metadata = top.child("metadata");
    String name = metadata.text("name");
    metadata.done();
    Settings spec = top.child("spec");
    Globs applications = globs(spec, "applications");
    Tenant tenant =
        Tenant.builder(name)
            .sources(globs(spec, "sources"))
            .targets(globs(spec, "targets"))
            .namespaces(globs(spec, "namespaces"))
            .kinds(selectors(spec, "kinds"))
            .deniedKinds(selectors(spec, "deniedKinds"))
            .clusterKinds(selectors(spec, "clusterKinds"))
            .build();
    spec.done();
    top.done();
    files.put(tenant, applications);
  }

  private static Globs globs(Settings settings, String key) {
    try {
      return Globs.of(settings.texts(key));
    } catch (IllegalArgumentException e) {
      settings.wrong(key, String.valueOf(e.getMessage()));
      return Globs.of(List.of());
    }
  }

  private static List<ResourceSelector> selectors(Settings settings, String key) {
    return settings.mappings(key).stream().map(Tenants::selector).toList();
  }

  private static ResourceSelector selector(Settings settings) {
    ResourceSelector selector = settings.selector();
    settings.done();
    return selector;
  }

  /**
   * Returns whose an application is.
   *
   * @param base the directory of the application files
   * @param file the path of its file, which is compared from that directory on
   * @return empty if it is nobody's
   * @throws IllegalArgumentException if it is of several tenants
   */
  public Optional<Tenant> of(Path base, String file) {
    Path absolute = Path.of(file).toAbsolutePath().normalize();
    Path root = base.toAbsolutePath().normalize();
    String path = absolute.startsWith(root) ? root.relativize(absolute).toString() : file;
    List<Tenant> found =
        files.entrySet().stream()
            .filter(entry -> entry.getValue().take(path))
            .map(Map.Entry::getKey)
            .toList();
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          path + " is of several tenants: " + found.stream().map(Tenant::tenant).toList());
    }
    return found.stream().findFirst();
  }
}
