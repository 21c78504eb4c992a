package io.github.gitops4j.source;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What one file of a tree declares.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public sealed interface Declaration
    permits Declaration.Declared, Declaration.NotDeclaring, Declaration.Broken {

  /**
   * The file declares these resources.
   *
   * @param entries the resources, in the order of the file; may be empty
   * @param warnings what other tools may understand otherwise, in the order of the file
   */
  record Declared(List<DesiredEntry> entries, List<InputWarning> warnings) implements Declaration {
    /** Copies the lists. */
    public Declared {
      entries = List.copyOf(entries);
      warnings = List.copyOf(warnings);
    }

    /** Creates a declaration without warnings. */
    public Declared(List<DesiredEntry> entries) {
      this(entries, List.of());
    }
  }

  /** The file is not for this target: documentation beside manifests, for example. */
  record NotDeclaring() implements Declaration {}

  /**
   * The file cannot be understood.
   *
   * @param input where and why
   */
  record Broken(BrokenInput input) implements Declaration {
    /** Checks the parts. */
    public Broken {
      requireNonNull(input, "input");
    }
  }
}
