package io.github.gitops4j.kubernetes.manifest;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The annotations by which an object says that it is not to be deleted: ours, and those of other
 * tools.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KeepAnnotations {
  private static final String OPTIONS = "argocd.argoproj.io/sync-options";

  /** What keeps an object that must stay with whoever applied it. */
  private static final List<String> KEEPING_OPTIONS =
      List.of("Prune=false", "Prune=confirm", "Delete=false", "Delete=confirm");

  private static final List<Mark> MARKS =
      List.of(
          new Mark("kustomize.toolkit.fluxcd.io/prune", "disabled"),
          new Mark("kustomize.toolkit.fluxcd.io/ssa", "Ignore"),
          new Mark("kustomize.toolkit.fluxcd.io/reconcile", "disabled"),
          new Mark("helm.sh/resource-policy", "keep"),
          new Mark("cli-utils.sigs.k8s.io/on-remove", "keep"),
          new Mark("client.lifecycle.config.k8s.io/deletion", "detach"));

  private KeepAnnotations() {}

  private record Mark(String annotation, String value) {}

  /** Returns an annotation of another tool that keeps an object, as {@code name: value}. */
  static Optional<String> ofOthers(UnaryOperator<String> text) {
    for (Mark mark : MARKS) {
      if (text.apply(mark.annotation()).equalsIgnoreCase(mark.value())) {
        return Optional.of(mark.annotation() + ": " + mark.value());
      }
    }
    return List.of(text.apply(OPTIONS).split(",", -1)).stream()
        .map(String::strip)
        .filter(KEEPING_OPTIONS::contains)
        .map(option -> OPTIONS + ": " + option)
        .findFirst();
  }

  /**
   * Returns the annotation that keeps a live object, as {@code name: value}; ours wins.
   *
   * @param text gives the value of an annotation, empty text if there is none
   */
  public static Optional<String> of(UnaryOperator<String> text) {
    String ours = ObjectTraits.PREFIX + "prune";
    return switch (text.apply(ours)) {
      case "enabled" -> Optional.empty();
      case "disabled", "release" -> Optional.of(ours + ": " + text.apply(ours));
      default -> ofOthers(text);
    };
  }
}
