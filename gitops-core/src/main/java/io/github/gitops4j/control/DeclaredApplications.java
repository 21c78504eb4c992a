package io.github.gitops4j.control;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.application.DeclaredFile;
import io.github.gitops4j.application.GeneratorSources;
import io.github.gitops4j.application.Tenants;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.gate.Tenant;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Origin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Keeps the applications of a {@link Controller} as files declare them: an application of
 * applications.
 *
 * <p>A file that cannot be understood keeps the applications that it declared before; so does one
 * of which a set looks into a source and finds something wrong there, or nothing, while what it
 * does find goes on. What is no longer declared is removed as its policy said; but if nothing at
 * all is declared, or more than a limit is gone at once, that is rather a wrong path, and nothing
 * is removed.
 *
 * <p>Thread-safe: refreshes run one after the other.
 *
 * @since 0.1.0
 */
public final class DeclaredApplications {
  private static final int SHARE = 10;
  private static final int LEAST = 3;

  private final Controller controller;
  private final ApplicationReader reader;
  private final ApplicationFiles files;
  private final UnaryOperator<Application.Builder> choices;
  private final Function<String, Optional<Tenant>> owners;
  private final SortedMap<String, ApplicationSpec> kept = new TreeMap<>();
  private final Map<String, Known> known = new HashMap<>();
  private final AtomicBoolean wasRead = new AtomicBoolean();

  private DeclaredApplications(
      Controller controller,
      ApplicationReader reader,
      ApplicationFiles files,
      UnaryOperator<Application.Builder> choices,
      Function<String, Optional<Tenant>> owners) {
    this.controller = requireNonNull(controller, "controller");
    this.reader = requireNonNull(reader, "reader");
    this.files = requireNonNull(files, "files");
    this.choices = requireNonNull(choices, "choices");
    this.owners = requireNonNull(owners, "owners");
  }

  /** Creates what keeps a controller as files declare; nothing is read yet. */
  public static DeclaredApplications of(
      Controller controller, ApplicationReader reader, ApplicationFiles files) {
    return new DeclaredApplications(
        controller, reader, files, UnaryOperator.identity(), file -> Optional.empty());
  }

  /**
   * Returns the same, with something to choose for each application, such as a listener.
   *
   * @param value is applied to each application after what its file says
   */
  public DeclaredApplications choosing(UnaryOperator<Application.Builder> value) {
    return new DeclaredApplications(controller, reader, files, value, owners);
  }

  /**
   * Returns the same, in which each application may do what its tenant may, and one that is no
   * tenant's is not put. What a set makes is of the tenant whose the file of the set is, and a set
   * looks only into sources that this tenant may use.
   *
   * @param value the tenants
   * @param base the directory of the files, from which on paths are compared
   */
  public DeclaredApplications within(Tenants value, Path base) {
    requireNonNull(value, "tenants");
    requireNonNull(base, "base");
    return new DeclaredApplications(
        controller, reader, files, choices, file -> Optional.of(tenant(value, base, file)));
  }

  private static Tenant tenant(Tenants tenants, Path base, String file) {
    String why;
    try {
      Optional<Tenant> tenant = tenants.of(base, file);
      if (tenant.isPresent()) {
        return tenant.get();
      }
      why = "a tenant's";
    } catch (IllegalArgumentException e) {
      why = "of one tenant only: " + e.getMessage();
    }
    throw new IllegalArgumentException("expected a file that is " + why);
  }

  private Optional<Tenant> owner(ApplicationSpec spec) {
    try {
      return owners.apply(spec.origin().file());
    } catch (IllegalArgumentException e) {
      throw forbidden(spec, String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> objection(String file, String source) {
    try {
      return owners.apply(file).flatMap(owner -> owner.objectionToSource(source));
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static InvalidInputException forbidden(ApplicationSpec spec, String what) {
    Origin origin = spec.origin();
    return new InvalidInputException(
        FailureCategory.FORBIDDEN, origin.file(), origin.line(), 0, spec.name() + ": " + what);
  }

  /**
   * What a refresh did.
   *
   * @param added names of applications that are new
   * @param changed names of those that are declared in another way
   * @param removed names of those that are no longer declared, and are removed or on their way
   * @param problems what could not be done, and is tried at the next refresh
   */
  public record Refreshed(
      List<String> added, List<String> changed, List<String> removed, List<Failure> problems) {
    /** Copies the lists. */
    public Refreshed {
      added = List.copyOf(added);
      changed = List.copyOf(changed);
      removed = List.copyOf(removed);
      problems = List.copyOf(problems);
    }

    /** Says whether there was nothing to do and nothing to say. */
    public boolean isEmpty() {
      return added.isEmpty() && changed.isEmpty() && removed.isEmpty() && problems.isEmpty();
    }
  }

  /**
   * Reads the files, and brings the controller to what they declare. A problem of one file or
   * application is in the answer, and the others go on.
   *
   * @throws GitOpsException if the files cannot be read, all of them; nothing is done then
   */
  public synchronized Refreshed refresh(CallContext call) {
    Refreshing refreshing = new Refreshing();
    ApplicationFiles.Found found = files.read(call);
    GeneratorSources named = GeneratorSources.of(call).unless(this::objection);
    refreshing.read(
        found.contents(),
        found.place().map(in -> named.declaredIn(in.source(), in.tree())).orElse(named));
    refreshing.put();
    refreshing.remove();
    wasRead.set(true);
    return refreshing.done();
  }

  /** Says whether the files have been read, so that the controller knows what it is to keep. */
  public Probe readiness() {
    return wasRead.get()
        ? new Probe(List.of())
        : new Probe(List.of("the application files have not been read yet"));
  }

  /** What is right in a file, and stands in it alone, is so as long as the file is the same. */
  private DeclaredFile declared(String path, byte[] yaml, GeneratorSources sources) {
    ContentDigest digest = ContentDigest.of(yaml);
    Known before = known.get(path);
    if (before != null && before.digest().equals(digest)) {
      return before.file();
    }
    DeclaredFile file = reader.declared(path, yaml, sources);
    if (file.problems().isEmpty() && !file.looksElsewhere()) {
      known.put(path, new Known(digest, file));
    } else {
      known.remove(path);
    }
    return file;
  }

  /** A file as it was read. */
  private record Known(ContentDigest digest, DeclaredFile file) {}

  /** One refresh. */
  private final class Refreshing {
    private final SortedMap<String, ApplicationSpec> declared = new TreeMap<>();
    private final Map<String, DeclaredFile> wrong = new HashMap<>();
    private final List<String> added = new ArrayList<>();
    private final List<String> changed = new ArrayList<>();
    private final List<String> removed = new ArrayList<>();
    private final List<Failure> problems = new ArrayList<>();
    private boolean isEmptyAllowed;

    void read(SortedMap<String, byte[]> contents, GeneratorSources sources) {
      known.keySet().retainAll(contents.keySet());
      contents.forEach(
          (path, yaml) -> {
            DeclaredFile file = declared(path, yaml, sources);
            file.specs().forEach(this::declare);
            problems.addAll(file.problems());
            isEmptyAllowed |= file.isEmptyAllowed();
            if (!file.problems().isEmpty()) {
              wrong.put(path, file);
            }
          });
    }

    /** Who has a name keeps it, in whatever order files are read. */
    private void declare(ApplicationSpec spec) {
      ApplicationSpec other = declared.putIfAbsent(spec.name(), spec);
      if (other == null) {
        return;
      }
      ApplicationSpec before = kept.get(spec.name());
      boolean isKept = before != null && before.origin().file().equals(spec.origin().file());
      if (isKept) {
        declared.put(spec.name(), spec);
      }
      problems.add((isKept ? spec.nameIsTaken(other) : other.nameIsTaken(spec)).failure());
    }

    void put() {
      for (ApplicationSpec spec : declared.values()) {
        ApplicationSpec before = kept.get(spec.name());
        if (before != null && isTaken(before, spec)) {
          problems.add(before.nameIsTaken(spec).failure());
        } else if (before == null || !isSame(before, spec)) {
          put(spec, before == null ? added : changed);
        } else {
          kept.put(spec.name(), spec);
        }
      }
    }

    /** What cannot be read now may still be meant to have the name that it had. */
    private boolean isTaken(ApplicationSpec before, ApplicationSpec spec) {
      DeclaredFile file = wrong.get(before.origin().file());
      if (file == null) {
        return false;
      } else if (!before.origin().file().equals(spec.origin().file())) {
        return true;
      }
      return file.isBroken(before) && !place(before).equals(place(spec));
    }

    private static Optional<String> place(ApplicationSpec spec) {
      return spec.element().map(Origin::file);
    }

    /** In another file it may be another tenant's. */
    private static boolean isSame(ApplicationSpec before, ApplicationSpec now) {
      return before.digest().equals(now.digest())
          && before.origin().file().equals(now.origin().file());
    }

    private void put(ApplicationSpec spec, List<String> told) {
      try {
        controller.put(opened(spec));
        kept.put(spec.name(), spec);
        told.add(spec.name());
      } catch (GitOpsException e) {
        problems.add(e.failure());
      } catch (RuntimeException e) {
        problems.add(Failure.of(FailureCategory.INTERNAL, spec.name() + ": not put", e));
      }
    }

    private Application opened(ApplicationSpec spec) {
      Optional<Tenant> tenant = owner(spec);
      Application.Builder builder = choices.apply(Application.open(spec));
      tenant.ifPresent(owner -> builder.reconciler(reconciler -> reconciler.gate(owner)));
      Application application = builder.build();
      Optional<String> objection =
          tenant.flatMap(
              owner -> owner.objection(application.source.id(), application.target().id()));
      if (objection.isPresent()) {
        application.whenDone.run();
        throw forbidden(spec, objection.get());
      }
      return application;
    }

    void remove() {
      List<ApplicationSpec> gone =
          kept.values().stream()
              .filter(spec -> !declared.containsKey(spec.name()))
              .filter(spec -> !wrong.containsKey(spec.origin().file()))
              .toList();
      int limit = Math.max(LEAST, (kept.size() + SHARE - 1) / SHARE);
      boolean isNothingLeft = declared.isEmpty() && !kept.isEmpty() && !isEmptyAllowed;
      if (!gone.isEmpty() && (isNothingLeft || gone.size() > limit)) {
        String what = isNothingLeft ? "none is declared any more" : "the limit is " + limit;
        problems.add(
            Failure.of(
                FailureCategory.CONFLICT,
                gone.size()
                    + " of "
                    + kept.size()
                    + " applications are no longer declared, and stay: "
                    + what));
        return;
      }
      for (ApplicationSpec spec : gone) {
        var unused = controller.remove(spec.name(), spec.onRemoval());
        kept.remove(spec.name());
        removed.add(spec.name());
      }
    }

    Refreshed done() {
      Collections.sort(removed);
      return new Refreshed(added, changed, removed, problems);
    }
  }
}
