package io.github.gitops4j.application;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where the generators of application sets look during one reading: each source at one revision,
 * whatever number of sets looks there.
 *
 * <p>Confined to one reading.
 *
 * @since 0.1.0
 */
public final class GeneratorSources {
  /** No source that hangs takes the time of all others. */
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final Optional<CallContext> call;
  private final Optional<Look> place;
  private final BiFunction<String, String, Optional<String>> objection;
  private final Map<String, Look> looks = new HashMap<>();
  private final Map<String, RuntimeException> failures = new HashMap<>();

  private GeneratorSources(
      Optional<CallContext> call,
      Optional<Look> place,
      BiFunction<String, String, Optional<String>> objection) {
    this.call = call;
    this.place = place;
    this.objection = objection;
  }

  /** Returns no source: a set that looks into one is an error. */
  public static GeneratorSources none() {
    return new GeneratorSources(Optional.empty(), Optional.empty(), (file, id) -> Optional.empty());
  }

  /** Returns the sources that sets name. */
  public static GeneratorSources of(CallContext call) {
    return new GeneratorSources(
        Optional.of(call), Optional.empty(), (file, id) -> Optional.empty());
  }

  /**
   * Returns the same, in which a set that names no source looks where it is declared.
   *
   * @param id the id of the source of the files
   * @param tree the tree in which they are, at the revision of this reading
   */
  public GeneratorSources declaredIn(String id, SourceTree tree) {
    CallContext own = call.orElseThrow(() -> new IllegalStateException("there is no call"));
    return new GeneratorSources(call, Optional.of(new Look(id, tree, own)), objection);
  }

  /**
   * Returns the same, in which not every set may look everywhere.
   *
   * @param value says why the sets of a file, the first argument, may not look into a source, the
   *     second one by its id
   */
  public GeneratorSources unless(BiFunction<String, String, Optional<String>> value) {
    return new GeneratorSources(call, place, requireNonNull(value, "objection"));
  }

  /** A source at the revision of this reading. */
  record Look(String id, SourceTree tree, CallContext call) {
    /** Names a place in it for messages. */
    String name(String path) {
      return id + "/" + path;
    }
  }

  /** Returns where a set looks that names no source. */
  Look own(Settings set) {
    Look look =
        place.orElseThrow(
            () ->
                wrong(
                    set,
                    FailureCategory.INVALID_INPUT,
                    "spec.source: missing; expected a source to look into, as this file itself is"
                        + " in none"));
    checkAllowed(set, look.id());
    return look;
  }

  /** Returns where a set looks that names a source. */
  Look named(Settings source, Backend.Opener<TreeSource> opener) {
    CallContext within =
        call.orElseThrow(
            () ->
                wrong(
                    source, FailureCategory.UNSUPPORTED, "spec.source: there is no call to look"));
    try {
      TreeSource opened = opener.open();
      checkAllowed(source, opened.id());
      return looked(key(source), opened, within.limitedTo(LONGEST));
    } catch (InvalidInputException e) {
      throw e;
    } catch (RuntimeException e) {
      Failure failure = Failure.from(e);
      InvalidInputException failed =
          wrong(source, failure.category(), "spec.source: " + failure.message());
      failed.addSuppressed(e);
      throw failed;
    }
  }

  /** Equal settings in one directory are one source; elsewhere they may name other files. */
  private static String key(Settings source) {
    Path directory = Path.of(source.file()).toAbsolutePath().getParent();
    return Document.of(source.mapping()).digest() + " " + directory;
  }

  private Look looked(String key, TreeSource opened, CallContext within) {
    RuntimeException failed = failures.get(key);
    if (failed != null) {
      throw failed;
    }
    Look known = looks.get(key);
    if (known != null) {
      return known;
    }
    try {
      SourceTree tree = opened.fetch(opened.latest(within), within).tree();
      Look look = new Look(opened.id(), tree, within);
      looks.put(key, look);
      return look;
    } catch (RuntimeException e) {
      failures.put(key, e);
      throw e;
    }
  }

  private void checkAllowed(Settings settings, String id) {
    Optional<String> why = objection.apply(settings.file(), id);
    if (why.isPresent()) {
      throw wrong(settings, FailureCategory.FORBIDDEN, "spec.source: " + why.get());
    }
  }

  private static InvalidInputException wrong(
      Settings settings, FailureCategory category, String problem) {
    return new InvalidInputException(category, settings.file(), settings.line(), 0, problem);
  }
}
