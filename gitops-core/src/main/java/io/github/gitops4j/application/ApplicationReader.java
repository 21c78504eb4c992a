package io.github.gitops4j.application;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.source.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

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

  private static final int MAX_PER_SET = 1000;

  /** Letters, digits and what may be between them; a name is part of paths, labels and URLs. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?");

  private final SortedMap<String, Backend<TreeSource>> sources;
  private final SortedMap<String, Backend<Target>> targets;
  private final int maxPerSet;

  private ApplicationReader(
      SortedMap<String, Backend<TreeSource>> sources,
      SortedMap<String, Backend<Target>> targets,
      int maxPerSet) {
    this.sources = sources;
    this.targets = targets;
    this.maxPerSet = maxPerSet;
  }

  /** Creates a reader that knows these backends. */
  public static ApplicationReader of(
      List<Backend<TreeSource>> sources, List<Backend<Target>> targets) {
    SortedMap<String, Backend<TreeSource>> knownSources = new TreeMap<>();
    sources.forEach(backend -> knownSources.put(backend.name(), backend));
    SortedMap<String, Backend<Target>> knownTargets = new TreeMap<>();
    targets.forEach(backend -> knownTargets.put(backend.name(), backend));
    return new ApplicationReader(knownSources, knownTargets, MAX_PER_SET);
  }

  /** Returns the same, in which a set makes at most so many applications; by default 1000. */
  public ApplicationReader maxPerSet(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("a set makes at least one application");
    }
    return new ApplicationReader(sources, targets, value);
  }

  /**
   * Reads all applications of a file. An {@code ApplicationSet} is one for each of its elements; it
   * may not look for them in a source.
   *
   * @param file its path; relative paths in it are relative to its directory
   * @throws InvalidInputException for the first thing that is wrong; the others are suppressed
   *     exceptions of it
   */
  public List<ApplicationSpec> read(String file, byte[] yaml) {
    return readAll(new TreeMap<>(Map.of(file, yaml)), GeneratorSources.none());
  }

  /**
   * Reads all applications of several files, in the order of their paths. No two may have one name.
   *
   * @param files their content by path; relative paths in a file are relative to its directory
   * @param looked where generators of sets look
   * @throws InvalidInputException for the first thing that is wrong, in the files or in what
   *     generators have found; the others are suppressed exceptions of it
   */
  public List<ApplicationSpec> readAll(SortedMap<String, byte[]> files, GeneratorSources looked) {
    Reading reading = new Reading(looked, maxPerSet);
    files.forEach((file, yaml) -> addAll(file, yaml, reading));
    return reading.whole(String.join(", ", files.keySet()));
  }

  /**
   * Reads what a file declares as far as it is right, for a controller that keeps the rest.
   *
   * @param file its path; relative paths in it are relative to its directory
   * @param looked where generators of sets look
   */
  public DeclaredFile declared(String file, byte[] yaml, GeneratorSources looked) {
    Reading reading = new Reading(looked, maxPerSet);
    addAll(file, yaml, reading);
    return reading.declared(file);
  }

  private void addAll(String file, byte[] yaml, Reading reading) {
    List<DocumentPart> parts;
    try {
      parts = YamlReader.create().read(file, yaml);
    } catch (InvalidInputException e) {
      reading.findings().add(e);
      return;
    }
    for (DocumentPart part : parts) {
      ApplicationSet.in(file, part, reading, source -> choose(source, sources, "source"))
          .forEach(each -> add(file, part.index(), each, reading));
    }
  }

  private void add(String file, int index, ApplicationSet.Declared each, Reading reading) {
    Settings settings = Settings.of(file, each.document().root(), each.line(), each.findings());
    Origin origin = new Origin(file, index, each.line());
    ApplicationSpec spec = application(settings, each, origin);
    if (each.element().isPresent() && !each.findings().isEmpty()) {
      reading.broken(each.element().get(), each.findings());
    } else {
      reading.add(spec);
    }
  }

  private ApplicationSpec application(Settings top, ApplicationSet.Declared each, Origin origin) {
    top.expect("apiVersion", API_VERSION);
    top.expect("kind", "Application");
    Settings metadata = top.child("metadata");
    String name = metadata.text("name");
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      metadata.wrong("name", "up to 253 letters and digits, with . _ or - between them");
    }
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
        new ApplicationSpec.Run(
            each.document().digest(),
            origin,
            each.element().map(Element::origin),
            suspended,
            onRemoval));
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
    return policy
        .optionalText("onRemoval")
        .flatMap(word -> policy.constant("onRemoval", word, RemovalPolicy.class))
        .orElse(RemovalPolicy.ORPHAN);
  }
}
