package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.kubernetes.diff.SecretFields;
import io.github.gitops4j.resource.ApplyPolicy;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Phase;
import io.github.gitops4j.resource.PrunePolicy;
import io.github.gitops4j.resource.ReplacePolicy;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.ResourceTraits;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads from annotations how an object wants to be handled. */
final class ObjectTraits {
  /** The prefix of our annotations. */
  static final String PREFIX = "gitops4j.github.io/";

  private static final Set<String> OURS =
      Set.of(
          "wave",
          "phase",
          "apply",
          "prune",
          "replace",
          "depends-on",
          "health",
          "hook",
          "hook-removal");

  private static final Map<String, Phase> PHASE =
      Map.of("before", Phase.BEFORE, "main", Phase.MAIN, "after", Phase.AFTER);

  private static final Map<String, ApplyPolicy> APPLY =
      Map.of(
          "always", ApplyPolicy.APPLY,
          "create-only", ApplyPolicy.CREATE_ONLY,
          "ignore", ApplyPolicy.IGNORE);

  private static final Map<String, PrunePolicy> PRUNE =
      Map.of(
          "enabled", PrunePolicy.PRUNE,
          "disabled", PrunePolicy.KEEP,
          "release", PrunePolicy.RELEASE);

  private static final Map<String, ReplacePolicy> REPLACE =
      Map.of("never", ReplacePolicy.NEVER, "if-immutable", ReplacePolicy.IF_IMMUTABLE);

  /** Obeyed where the object is judged. */
  private static final Map<String, Boolean> HEALTH = Map.of("judged", false, "presence", true);

  private final String file;
  private final int line;
  private final Mapping annotations;

  private ObjectTraits(String file, int line, Mapping annotations) {
    this.file = file;
    this.line = line;
    this.annotations = annotations;
  }

  /**
   * Reads the traits; nothing if the object is never written, as it is a hook of a moment that
   * never comes here.
   *
   * @throws InvalidInputException if an annotation has a value that it cannot have
   */
  static Optional<ResourceTraits> read(
      String file, int line, ResourceKey key, Mapping annotations) {
    return new ObjectTraits(file, line, annotations).traits(key);
  }

  private Optional<ResourceTraits> traits(ResourceKey key) {
    refuseWhatIsNotObeyed();
    ResourceTraits.Builder traits = ResourceTraits.builder().order(KindOrder.of(key));
    Optional<HookAnnotations.Reading> hook = new HookAnnotations(this::text, this::wrong).read();
    if (hook.isPresent()) {
      if (hook.get().hook().isEmpty()) {
        return Optional.empty();
      }
      traits.hook(hook.get().hook().get()).phase(hook.get().phase());
      wave("helm.sh/hook-weight").ifPresent(traits::wave);
    }
    word("phase", PHASE).ifPresent(traits::phase);
    policies(key, traits);
    return Optional.of(traits.sensitivePaths(SecretFields.of(key)).build());
  }

  private void policies(ResourceKey key, ResourceTraits.Builder traits) {
    wave("argocd.argoproj.io/sync-wave").ifPresent(traits::wave);
    wave(PREFIX + "wave").ifPresent(traits::wave);
    traits.dependsOn(dependsOn());
    if (KeepAnnotations.ofOthers(this::text).isPresent()) {
      traits.prunePolicy(PrunePolicy.KEEP);
    }
    if (says("kustomize.toolkit.fluxcd.io/ssa", "IfNotPresent")
        || says("client.lifecycle.config.k8s.io/mutation", "ignore")) {
      traits.applyPolicy(ApplyPolicy.CREATE_ONLY);
    }
    if (says("kustomize.toolkit.fluxcd.io/ssa", "Ignore")
        || says("kustomize.toolkit.fluxcd.io/reconcile", "disabled")) {
      traits.applyPolicy(ApplyPolicy.IGNORE);
    }
    if (hasOption("Force=true") || says("kustomize.toolkit.fluxcd.io/force", "enabled")) {
      traits.replacePolicy(ReplacePolicy.IF_IMMUTABLE);
    }
    word("apply", APPLY).ifPresent(traits::applyPolicy);
    word("prune", PRUNE).ifPresent(traits::prunePolicy);
    word("replace", REPLACE).ifPresent(traits::replacePolicy);
    word("health", HEALTH);
    if (KindOrder.holdsOthers(key)) {
      // Deleting it would delete all that it holds.
      traits.replacePolicy(ReplacePolicy.NEVER);
    }
  }

  /** A name of ours with a slip of the pen would say nothing. */
  private void refuseWhatIsNotObeyed() {
    for (String annotation : annotations.keys()) {
      if (annotation.startsWith(PREFIX) && !OURS.contains(annotation.substring(PREFIX.length()))) {
        throw wrong(annotation, "left out: there is no such annotation");
      }
    }
  }

  private boolean hasOption(String option) {
    return List.of(text("argocd.argoproj.io/sync-options").split(",", -1)).stream()
        .anyMatch(given -> given.strip().equals(option));
  }

  private List<ResourceKey> dependsOn() {
    List<ResourceKey> keys = new ArrayList<>();
    for (String annotation : List.of("config.kubernetes.io/depends-on", PREFIX + "depends-on")) {
      for (String reference : text(annotation).split(",", -1)) {
        if (!reference.isBlank()) {
          keys.add(reference(annotation, reference.strip().split("/", -1)));
        }
      }
    }
    return keys;
  }

  /** Reads {@code group/kind/name} or {@code group/namespaces/namespace/kind/name}. */
  private ResourceKey reference(String annotation, String[] parts) {
    boolean namespaced = parts.length == 5 && parts[1].equals("namespaces");
    if ((parts.length != 3 && !namespaced)
        || List.of(parts).subList(1, parts.length).contains("")) {
      throw wrong(annotation, "group/kind/name or group/namespaces/namespace/kind/name");
    }
    return namespaced
        ? ResourceKey.of(parts[0], parts[3], parts[2], parts[4])
        : ResourceKey.of(parts[0], parts[1], "", parts[2]);
  }

  private boolean says(String annotation, String value) {
    return text(annotation).equalsIgnoreCase(value);
  }

  private Optional<Integer> wave(String annotation) {
    String text = text(annotation);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.parseInt(text));
    } catch (NumberFormatException e) {
      throw wrong(annotation, "a whole number");
    }
  }

  private <T> Optional<T> word(String name, Map<String, T> words) {
    String text = text(PREFIX + name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    T meaning = words.get(text);
    if (meaning == null) {
      throw wrong(
          PREFIX + name, "one of " + String.join(", ", words.keySet().stream().sorted().toList()));
    }
    return Optional.of(meaning);
  }

  private String text(String annotation) {
    Value value = annotations.get(annotation).orElse(Text.of(""));
    if (value instanceof Text text) {
      return text.value();
    }
    throw wrong(annotation, "text, so put it into quotes");
  }

  private InvalidInputException wrong(String annotation, String expected) {
    int at = annotations.indexOf(annotation);
    int known = at < 0 ? 0 : annotations.line(at);
    return new InvalidInputException(
        file, known > 0 ? known : line, 0, "annotation " + annotation + " has to be " + expected);
  }
}
