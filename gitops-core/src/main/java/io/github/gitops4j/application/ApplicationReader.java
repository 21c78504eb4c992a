package io.github.gitops4j.application;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.source.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads application files.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ApplicationReader {
  /** The form that this version reads. */
  public static final String API_VERSION = "gitops4j.github.io/v1alpha1";

  private final SortedMap<String, Backend<TreeSource>> sources = new TreeMap<>();
  private final SortedMap<String, Backend<Target>> targets = new TreeMap<>();

  private ApplicationReader(List<Backend<TreeSource>> sources, List<Backend<Target>> targets) {
    sources.forEach(backend -> this.sources.put(backend.name(), backend));
    targets.forEach(backend -> this.targets.put(backend.name(), backend));
  }

  /** Creates a reader that knows these backends. */
  public static ApplicationReader of(
      List<Backend<TreeSource>> sources, List<Backend<Target>> targets) {
    return new ApplicationReader(sources, targets);
  }

  /**
   * Reads all applications of a file. An {@code ApplicationSet} is one for each of its elements.
   *
   * @param file its path; relative paths in it are relative to its directory
   * @throws InvalidInputException for the first thing that is wrong; the others are suppressed
   *     exceptions of it
   */
  public List<ApplicationSpec> read(String file, byte[] yaml) {
    return readAll(new TreeMap<>(Map.of(file, yaml)));
  }

  /**
   * Reads all applications of several files, in the order of their paths. No two may have one name.
   *
   * @param files their content by path; relative paths in a file are relative to its directory
   * @throws InvalidInputException for the first thing that is wrong; the others are suppressed
   *     exceptions of it
   */
  public List<ApplicationSpec> readAll(SortedMap<String, byte[]> files) {
    List<InvalidInputException> findings = new ArrayList<>();
    Map<String, ApplicationSpec> named = new HashMap<>();
    List<ApplicationSpec> specs = new ArrayList<>();
    files.forEach((file, yaml) -> addAll(file, yaml, specs, named, findings));
    if (specs.isEmpty() && findings.isEmpty()) {
      String all = String.join(", ", files.keySet());
      findings.add(new InvalidInputException(all, 0, 0, "expected an application; it is empty"));
    }
    InvalidInputException.throwFirst(findings);
    return specs;
  }

  private void addAll(
      String file,
      byte[] yaml,
      List<ApplicationSpec> specs,
      Map<String, ApplicationSpec> named,
      List<InvalidInputException> findings) {
    List<DocumentPart> parts;
    try {
      parts = YamlReader.create().read(file, yaml);
    } catch (InvalidInputException e) {
      findings.add(e);
      return;
    }
    for (DocumentPart part : parts) {
      for (ApplicationSet.Declared each : ApplicationSet.in(file, part, findings)) {
        Settings settings = Settings.of(file, each.document().root(), each.line(), findings);
        Origin origin = new Origin(file, part.index(), each.line());
        ApplicationSpec spec = application(settings, each.document().digest(), origin);
        ApplicationSpec before = named.putIfAbsent(spec.name(), spec);
        if (before != null && !spec.name().isEmpty()) {
          findings.add(before.nameIsTaken(origin));
        }
        specs.add(spec);
      }
    }
  }

  private ApplicationSpec application(Settings top, ContentDigest digest, Origin origin) {
    top.expect("apiVersion", API_VERSION);
    top.expect("kind", "Application");
    Settings metadata = top.child("metadata");
    String name = metadata.text("name");
    metadata.done();
    Settings spec = top.child("spec");
    Backend.Opener<TreeSource> source = choose(spec.child("source"), sources, "source");
    Backend.Opener<Target> target = choose(spec.child("target"), targets, "target");
    Optional<Settings> policies = spec.optionalChild("policy");
    RemovalPolicy onRemoval =
        policies.map(ApplicationReader::onRemoval).orElse(RemovalPolicy.ORPHAN);
    ApplicationPolicy policy = policies.map(PolicyReader::read).orElseGet(PolicyReader::defaults);
    List<String> dependsOn = spec.texts("dependsOn");
    boolean suspended = spec.flag("suspend", false);
    spec.done();
    top.done();
    return new ApplicationSpec(
        name,
        source,
        target,
        policy,
        dependsOn,
        new ApplicationSpec.Run(digest, origin, suspended, onRemoval));
  }

  private static <T> Backend.Opener<T> choose(
      Settings settings, SortedMap<String, Backend<T>> known, String what) {
    List<String> chosen = new ArrayList<>();
    Backend.Opener<T> opener =
        () -> {
          throw new IllegalStateException("the " + what + " is not configured");
        };
    for (String name : settings.keys()) {
      Backend<T> backend = known.get(name);
      if (backend != null) {
        chosen.add(name);
        opener = backend.read(settings.child(name), settings);
      }
    }
    if (chosen.size() != 1) {
      settings.wrong(chosen.isEmpty() ? "" : chosen.get(1), "exactly one of " + known.keySet());
    }
    settings.know(known.keySet());
    settings.done();
    return opener;
  }

  private static RemovalPolicy onRemoval(Settings policy) {
    String word = policy.optionalText("onRemoval").orElse("orphan");
    for (RemovalPolicy known : RemovalPolicy.values()) {
      if (known.name().toLowerCase(Locale.ROOT).equals(word)) {
        return known;
      }
    }
    policy.wrong("onRemoval", "orphan or prune, not " + word);
    return RemovalPolicy.ORPHAN;
  }
}
