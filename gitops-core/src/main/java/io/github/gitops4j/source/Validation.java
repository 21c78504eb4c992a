package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at every file of a tree and finds all that is wrong: what cannot be read, what is declared
 * twice, and what checks say. Unlike {@link DesiredStateSource#fetch} it does not end a file at the
 * first thing. It reaches no target if the model does not.
 *
 * <p>Immutable and thread-safe.
 *
 * @since 0.1.0
 */
public final class Validation {
  private final ResourceModel model;
  private final List<Supplier<? extends InputCheck>> checks;

  private Validation(ResourceModel model, List<Supplier<? extends InputCheck>> checks) {
    this.model = requireNonNull(model, "model");
    this.checks = List.copyOf(checks);
  }

  /** Creates a validation that looks for what cannot be read and for duplicates. */
  public static Validation of(ResourceModel model) {
    return new Validation(model, List.of());
  }

  /** Returns one that also does these checks, each made anew for each run. */
  public Validation with(List<Supplier<? extends InputCheck>> more) {
    List<Supplier<? extends InputCheck>> all = new ArrayList<>(checks);
    all.addAll(more);
    return new Validation(model, all);
  }

  /**
   * Looks at all files. What reading one file teaches the model counts for all.
   *
   * @throws io.github.gitops4j.error.SourceException if the tree cannot be read
   */
  public CheckedInputs run(SourceTree tree, CallContext call) {
    CheckedInputs found;
    String before;
    do {
      before = model.id();
      found = new ValidationRun(model, tree, checks, call).run();
    } while (!before.equals(model.id()));
    model.passEnded();
    return found;
  }
}
