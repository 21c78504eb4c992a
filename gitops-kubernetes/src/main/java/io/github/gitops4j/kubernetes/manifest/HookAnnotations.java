package io.github.gitops4j.kubernetes.manifest;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Hook;
import io.github.gitops4j.resource.Phase;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Reads from annotations whether an object is a hook: ours, else those of Argo CD, else those of
 * Helm.
 */
final class HookAnnotations {
  /** When a hook runs, in the words of all three. */
  private enum Moment {
    BEFORE,
    DURING,
    AFTER,
    ON_FAILURE,
    /** At a moment that never comes here: a test, or when the application is deleted. */
    NEVER,
    /** It is no hook. */
    KEPT
  }

  private static final String OURS = ObjectTraits.PREFIX;

  /** The annotations that make an object a hook. */
  static final Set<String> NAMES = Set.of(OURS + "hook", "argocd.argoproj.io/hook", "helm.sh/hook");

  private static final List<Dialect> DIALECTS =
      List.of(
          new Dialect(
              OURS + "hook",
              OURS + "hook-removal",
              Map.of(
                  "before", Moment.BEFORE,
                  "during", Moment.DURING,
                  "after", Moment.AFTER,
                  "on-failure", Moment.ON_FAILURE),
              Map.of(
                  "succeeded", EnumSet.of(Hook.End.SUCCEEDED),
                  "failed", EnumSet.of(Hook.End.FAILED))),
          new Dialect(
              "argocd.argoproj.io/hook",
              "argocd.argoproj.io/hook-delete-policy",
              Map.of(
                  "PreSync", Moment.BEFORE,
                  "Sync", Moment.DURING,
                  "PostSync", Moment.AFTER,
                  "SyncFail", Moment.ON_FAILURE,
                  "Skip", Moment.NEVER,
                  "PreDelete", Moment.NEVER,
                  "PostDelete", Moment.NEVER),
              Map.of(
                  "BeforeHookCreation", EnumSet.noneOf(Hook.End.class),
                  "HookSucceeded", EnumSet.of(Hook.End.SUCCEEDED),
                  "HookFailed", EnumSet.of(Hook.End.FAILED))),
          new Dialect(
              "helm.sh/hook",
              "helm.sh/hook-delete-policy",
              Map.ofEntries(
                  Map.entry("crd-install", Moment.KEPT),
                  Map.entry("pre-install", Moment.BEFORE),
                  Map.entry("pre-upgrade", Moment.BEFORE),
                  Map.entry("post-install", Moment.AFTER),
                  Map.entry("post-upgrade", Moment.AFTER),
                  Map.entry("pre-rollback", Moment.NEVER),
                  Map.entry("post-rollback", Moment.NEVER),
                  Map.entry("pre-delete", Moment.NEVER),
                  Map.entry("post-delete", Moment.NEVER),
                  Map.entry("test", Moment.NEVER),
                  Map.entry("test-success", Moment.NEVER),
                  Map.entry("test-failure", Moment.NEVER)),
              Map.of(
                  "before-hook-creation", EnumSet.noneOf(Hook.End.class),
                  "hook-succeeded", EnumSet.of(Hook.End.SUCCEEDED),
                  "hook-failed", EnumSet.of(Hook.End.FAILED))));

  private final UnaryOperator<String> text;
  private final BiFunction<String, String, InvalidInputException> wrong;

  /**
   * Creates a reader.
   *
   * @param text gives the value of an annotation, empty text if there is none
   * @param wrong makes the error of an annotation that has to be something else
   */
  HookAnnotations(
      UnaryOperator<String> text, BiFunction<String, String, InvalidInputException> wrong) {
    this.text = text;
    this.wrong = wrong;
  }

  private record Dialect(
      String when,
      String removal,
      Map<String, Moment> moments,
      Map<String, EnumSet<Hook.End>> removals) {}

  /**
   * A hook, and its phase.
   *
   * @param phase when it runs, unless it runs on failure
   * @param hook how it is run; nothing if its moment never comes here
   */
  record Reading(Phase phase, Optional<Hook> hook) {}

  /**
   * Reads the hook; nothing if the object is none.
   *
   * @throws InvalidInputException if an annotation has a value that it cannot have
   */
  Optional<Reading> read() {
    for (Dialect dialect : DIALECTS) {
      if (!text.apply(dialect.when()).isEmpty()) {
        return read(dialect);
      }
    }
    return Optional.empty();
  }

  private Optional<Reading> read(Dialect dialect) {
    Set<Moment> moments = new LinkedHashSet<>(words(dialect.when(), dialect.moments()));
    if (moments.size() > 1) {
      moments.remove(Moment.NEVER);
    }
    if (moments.size() > 1) {
      throw wrong.apply(dialect.when(), "of one moment: an object is run at one only");
    }
    Moment moment = moments.iterator().next();
    if (moment == Moment.KEPT) {
      return Optional.empty();
    }
    if (moment == Moment.NEVER) {
      return Optional.of(new Reading(Phase.MAIN, Optional.empty()));
    }
    Hook.Moment when =
        moment == Moment.ON_FAILURE ? Hook.Moment.ON_FAILURE : Hook.Moment.IN_ITS_WAVE;
    return Optional.of(new Reading(phase(moment), Optional.of(new Hook(when, removal(dialect)))));
  }

  private static Phase phase(Moment moment) {
    return switch (moment) {
      case BEFORE -> Phase.BEFORE;
      case AFTER -> Phase.AFTER;
      case DURING, ON_FAILURE, NEVER, KEPT -> Phase.MAIN;
    };
  }

  private Set<Hook.End> removal(Dialect dialect) {
    EnumSet<Hook.End> ends = EnumSet.noneOf(Hook.End.class);
    if (!text.apply(dialect.removal()).isEmpty()) {
      words(dialect.removal(), dialect.removals()).forEach(ends::addAll);
    }
    return ends;
  }

  private <T> List<T> words(String annotation, Map<String, T> meanings) {
    return List.of(text.apply(annotation).split(",", -1)).stream()
        .map(String::strip)
        .map(
            word -> {
              T meaning = meanings.get(word);
              if (meaning == null) {
                throw wrong.apply(
                    annotation,
                    "of " + String.join(", ", meanings.keySet().stream().sorted().toList()));
              }
              return meaning;
            })
        .toList();
  }
}
