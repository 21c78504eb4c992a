package io.github.gitops4j.cli;

import io.github.gitops4j.application.Tenants;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.ApplicationFiles;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.DeclaredApplications;
import io.github.gitops4j.control.DeclaredApplications.Refreshed;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.filesystem.DirectoryWatch;
import io.github.gitops4j.filesystem.FilesystemBackend;
import io.github.gitops4j.status.StatusPage;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps doing it. */
@Command(
    name = "run",
    description = {
      "Keeps all applications as they are declared, until it is told to end.",
      "Says what it changes and what fails; a pass with nothing new to say is silent."
    })
final class RunVerb implements Callable<Integer> {
  private final Gitops options;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "How many applications are worked on at a time (default: ${DEFAULT-VALUE}).")
  int workers = 8;

  @Option(
      names = "--refresh",
      paramLabel = "TIME",
      description = "How often the application files are read again (default: ${DEFAULT-VALUE}).")
  String refresh = "30s";

  @Option(
      names = "--tenants",
      paramLabel = "FILE",
      description = {
        "What the applications of each tenant may use and write.",
        "An application whose file is no tenant's is then refused."
      })
  Optional<Path> tenants = Optional.empty();

  @Mixin final Sharing sharing = new Sharing();

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = {
        "Serves a page that says how the applications stand, such as at 127.0.0.1:8080.",
        "It can be read by everybody on this machine, and changes nothing."
      })
  Optional<String> listen = Optional.empty();

  @Option(
      names = "--listen-open",
      description = "Allows --listen an address that others than this machine can reach.")
  boolean listenOpen;

  @Option(
      names = "--webhook-secret",
      paramLabel = "PROVIDER=FILE",
      description = {
        "With --listen: takes webhooks of a provider such as github, at /hooks/PROVIDER.",
        "The file holds the secret; given twice for one provider, any of both is good."
      })
  List<String> webhookSecrets = new ArrayList<>();

  @Option(
      names = "--publish",
      paramLabel = "FILE",
      description = {
        "Tells Git hosts how the applications stand, as statuses of commits.",
        "The file says which hosts, repositories and applications."
      })
  Optional<Path> publish = Optional.empty();

  RunVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() throws InterruptedException {
    Duration every = Gitops.time("--refresh", refresh);
    options.refuseReports("run");
    checkOptions();
    Optional<InetSocketAddress> address = StatusServer.address(listen, listenOpen);
    RunLog log = new RunLog(options);
    ExecutorService executor = WorkerThreads.create();
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(WorkerThreads.named("gitops-timer"));
    Scheduler scheduler = Scheduler.of(timer);
    try (RunHooks hooks = RunHooks.of(webhookSecrets);
        RunPublishing publishing = RunPublishing.open(publish, executor, scheduler);
        DirectoryWatch watch = DirectoryWatch.open(executor);
        Sharing.Share share = sharing.open(executor, scheduler, time());
        Controller controller =
            controller(executor, scheduler, log)
                .shards(share.shards())
                .trigger(hooks.trigger())
                .listener(publishing::tell)
                .build()) {
      DeclaredApplications declared = declared(controller, watch, log);
      Refreshed first = declared.refresh(time());
      log.say(first);
      if (first.added().isEmpty()) {
        return Exit.ERROR.code();
      }
      StatusPage page =
          StatusPage.of(controller).ready(() -> controller.readiness().and(declared.readiness()));
      try (StatusServer ignored =
          StatusServer.start(address, page, hooks::mount, executor, options.console())) {
        keepRefreshing(timer, every, () -> refresh(declared, log));
        awaitEnd();
      }
    } finally {
      timer.shutdownNow();
      executor.shutdown();
    }
    return Exit.DONE.code();
  }

  private void checkOptions() {
    if (workers < 1) {
      throw Problems.wrong("--workers", "expected 1 or more, not " + workers);
    } else if (Gitops.time("--refresh", refresh).isZero()) {
      throw Problems.wrong("--refresh", "expected more than 0s");
    } else if (!options.applications.isEmpty()) {
      throw Problems.wrong("--app", "run keeps all applications of the files");
    } else if (!webhookSecrets.isEmpty() && listen.isEmpty()) {
      throw Problems.wrong("--webhook-secret", "webhooks need --listen");
    }
    sharing.check();
  }

  private Controller.Builder controller(ExecutorService executor, Scheduler scheduler, RunLog log) {
    return Controller.builder(executor, scheduler).workers(workers).listener(log::say);
  }

  private DeclaredApplications declared(Controller controller, DirectoryWatch watch, RunLog log) {
    DeclaredApplications declared =
        DeclaredApplications.of(
                controller,
                options.session().reader(options, FilesystemBackend.target(watch)),
                call -> ApplicationFiles.Found.of(FileOperand.read(options.file)))
            .choosing(application -> listening(application, log));
    return tenants
        .map(file -> declared.within(tenants(file), FileOperand.directory(options.file)))
        .orElse(declared);
  }

  private static Tenants tenants(Path file) {
    String name = file.toString();
    return Tenants.read(name, FileOperand.bytes(name));
  }

  private static Application.Builder listening(Application.Builder application, RunLog log) {
    String name = application.name();
    return application.reconciler(builder -> builder.listener(event -> log.say(name, event)));
  }

  private static void keepRefreshing(
      ScheduledExecutorService timer, Duration every, Runnable refresh) {
    long pause = every.toMillis();
    var unused = timer.scheduleWithFixedDelay(refresh, pause, pause, TimeUnit.MILLISECONDS);
  }

  private void refresh(DeclaredApplications declared, RunLog log) {
    try {
      log.say(declared.refresh(time()));
    } catch (GitOpsException e) {
      log.say(e.failure());
    } catch (RuntimeException e) {
      // One that escapes would end the refreshes for ever, without a word.
      log.say(Failure.from(e));
    }
  }

  private CallContext time() {
    return CallContext.builder()
        .timeout(options.limit())
        .cancellation(options.session().cancellation())
        .build();
  }

  private void awaitEnd() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    Cancellation cancellation = options.session().cancellation();
    try (var ignored = cancellation.onCancel(end::countDown)) {
      end.await();
    }
  }
}
