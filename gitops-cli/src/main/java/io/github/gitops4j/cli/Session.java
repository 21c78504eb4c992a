package io.github.gitops4j.cli;

import io.github.gitops4j.application.ApplicationReader;
import io.github.gitops4j.application.ApplicationSpec;
import io.github.gitops4j.application.Backend;
import io.github.gitops4j.application.GeneratorSources;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.filesystem.FilesystemBackend;
import io.github.gitops4j.git.GitBackend;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.kubernetes.KubernetesBackend;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.source.TreeSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of the command: reads the file, opens applications, shows the answers. */
final class Session implements AutoCloseable {
  private final Cancellation cancellation;
  private @Nullable GitCache cache;

  Session(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /** Does something to one application. */
  @FunctionalInterface
  interface Work {
    Answer on(OpenApplication application, CallContext call) throws IOException;
  }

  /** Does something with what is declared of one application; it may have nothing to say. */
  @FunctionalInterface
  interface DeclaredWork {
    Optional<Answer> on(ApplicationSpec spec, CallContext call) throws IOException;
  }

  /** Works on all chosen applications in order, shows the answers, and returns the exit. */
  int each(Gitops options, Work work) {
    return each(options, sources(options), chosen -> {}, opened(work));
  }

  /** Works on the one application that is chosen. */
  int one(Gitops options, Work work) {
    return each(options, sources(options), chosen -> checkOne(options, chosen), opened(work));
  }

  /** Works on what is declared of all chosen applications, with other sources. */
  int declared(Gitops options, List<Backend<TreeSource>> sources, DeclaredWork work) {
    return each(options, sources, chosen -> {}, work);
  }

  /** Works on what is declared of all chosen applications. */
  int declared(Gitops options, DeclaredWork work) {
    return declared(options, sources(options), work);
  }

  /** Works on something else than applications, shows the answer, and returns the exit. */
  int once(Gitops options, Function<CallContext, Answer> work) {
    checkOptions(options);
    Answer answer;
    try (ProgressLine line = ProgressLine.on(options.console(), Ticker.system())) {
      answer = work.apply(call(options, line));
    }
    return show(options, List.of(answer));
  }

  static DeclaredWork opened(Work work) {
    return (spec, call) -> {
      try (OpenApplication application = OpenApplication.open(spec)) {
        return Optional.of(work.on(application, call).of(application.source()));
      }
    };
  }

  private int each(
      Gitops options,
      List<Backend<TreeSource>> sources,
      Consumer<List<ApplicationSpec>> check,
      DeclaredWork work) {
    checkOptions(options);
    List<Answer> answers = new ArrayList<>();
    Set<String> stopped = new HashSet<>();
    try (ProgressLine line = ProgressLine.on(options.console(), Ticker.system())) {
      CallContext call = call(options, line);
      List<ApplicationSpec> chosen = chosen(options, sources, call);
      check.accept(chosen);
      for (ApplicationSpec spec : chosen) {
        Optional<Answer> answer = answer(options, spec, stopped, work, call);
        if (answer.filter(Session::stops).isPresent()) {
          stopped.add(spec.name());
        }
        answer.ifPresent(answers::add);
      }
    }
    return show(options, answers);
  }

  /** What is wrong with an option is said before anything is done. */
  private static void checkOptions(Gitops options) {
    options.reports();
    options.commentLimit();
  }

  private static boolean stops(Answer answer) {
    return answer.exit() != Exit.DONE && answer.exit() != Exit.CHANGES;
  }

  private static void checkOne(Gitops options, List<ApplicationSpec> chosen) {
    if (chosen.size() != 1) {
      List<String> names = chosen.stream().map(ApplicationSpec::name).toList();
      throw new InvalidInputException(
          options.file, 0, 0, "choose one application with --app: " + names);
    }
  }

  int show(Gitops options, List<Answer> answers) {
    Console console = options.console();
    console.out().print(options.output.renderer(console, options.lines()).render(items(answers)));
    console.out().flush();
    return report(options, answers);
  }

  /** Writes the reports that were asked for beside what is shown, and returns the exit code. */
  int report(Gitops options, List<Answer> answers) {
    Exit exit = Exit.worst(answers.stream().map(Answer::exit).toList());
    options.reports().forEach(file -> file.write(items(answers), exit, options));
    return exit.code();
  }

  private static List<ReportItem> items(List<Answer> answers) {
    return answers.stream().map(Answer::item).toList();
  }

  private CallContext call(Gitops options, ProgressLine line) {
    return CallContext.builder()
        .timeout(options.limit())
        .cancellation(cancellation)
        .progress(line)
        .build();
  }

  private static Optional<Answer> answer(
      Gitops options,
      ApplicationSpec spec,
      Set<String> stopped,
      DeclaredWork work,
      CallContext call) {
    Optional<String> missing = spec.dependsOn().stream().filter(stopped::contains).findFirst();
    if (missing.isPresent()) {
      return Optional.of(
          Answer.failed(
              spec.name(),
              Failure.of(
                  FailureCategory.UNAVAILABLE,
                  spec.name() + ": not looked at: it depends on " + missing.get())));
    }
    try {
      return work.on(spec, call);
    } catch (RuntimeException | IOException e) {
      if (options.debug) {
        e.printStackTrace(options.console().err());
      }
      return Optional.of(Answer.failed(spec.name(), Problems.failure(e)));
    }
  }

  /** Reads the file and returns the chosen applications in their order. */
  private static List<ApplicationSpec> chosen(
      Gitops options, List<Backend<TreeSource>> sources, CallContext call) {
    List<ApplicationSpec> all =
        DependencyChain.order(
            options.file,
            reader(sources, FilesystemBackend.target())
                .readAll(FileOperand.read(options.file), GeneratorSources.of(call)));
    for (String name : options.applications) {
      if (all.stream().noneMatch(spec -> spec.name().equals(name))) {
        List<String> names = all.stream().map(ApplicationSpec::name).toList();
        throw new InvalidInputException(
            options.file, 0, 0, "no application is called " + name + "; there are " + names);
      }
    }
    return options.applications.isEmpty()
        ? all
        : all.stream().filter(spec -> options.applications.contains(spec.name())).toList();
  }

  /**
   * Returns what understands application files.
   *
   * @param directories opens directories as targets
   */
  ApplicationReader reader(Gitops options, Backend<Target> directories) {
    return reader(sources(options), directories);
  }

  private static ApplicationReader reader(
      List<Backend<TreeSource>> sources, Backend<Target> directories) {
    return ApplicationReader.of(sources, List.of(directories, KubernetesBackend.target()));
  }

  private List<Backend<TreeSource>> sources(Gitops options) {
    return List.of(GitBackend.bind(() -> cache(options)), FilesystemBackend.source());
  }

  /** Returns what ends the command when somebody asks for that. */
  Cancellation cancellation() {
    return cancellation;
  }

  private GitCache cache(Gitops options) {
    if (cache == null) {
      cache =
          GitCache.builder(options.cacheDirectory(), JGitIsolation.install()).allowFile().build();
    }
    return cache;
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }
}
