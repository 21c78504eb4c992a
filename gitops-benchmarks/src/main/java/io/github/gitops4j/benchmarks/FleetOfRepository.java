package io.github.gitops4j.benchmarks;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Application;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.control.ControllerListener;
import io.github.gitops4j.control.Trigger;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.health.HealthAssessor;
import io.github.gitops4j.kubernetes.KubernetesCluster;
import io.github.gitops4j.kubernetes.KubernetesTarget;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryHistoryStore;
import io.github.gitops4j.testkit.InMemoryInventoryStore;
import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.RequestKind;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.jspecify.annotations.Nullable;

/**
 * Applications of one repository that is served over HTTP, each with a target of its own in one
 * cluster, and a clone of that repository beside them.
 */
final class FleetOfRepository implements ControllerListener, AutoCloseable {
  static final int OBJECTS = 16;
  private static final Duration INTERVAL = Duration.ofSeconds(60);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final int applications;
  private final Path base = Files.createTempDirectory("gitops4j-fleet-");
  private final TestRepository repository = TestRepository.create(base.resolve("fleet.git"));
  private final GitHttpServer server = GitHttpServer.builder().start();
  private final GitUrl url = GitUrl.parse(server.serve("fleet", repository).toString());
  private final GitCache cache =
      GitCache.builder(base.resolve("cache"), JGitIsolation.install()).allowHttp().build();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final KubernetesClient client;
  private final KubernetesCluster cluster;
  private final List<KubernetesTarget> targets = new ArrayList<>();
  private final Map<String, String> reached = new ConcurrentHashMap<>();
  private final Map<String, String> last = new ConcurrentHashMap<>();
  private final Set<String> writers = ConcurrentHashMap.newKeySet();
  private final Controller controller;
  private final Git bare;
  private Trigger.@Nullable Sink sink;
  private String head;

  FleetOfRepository(String kubeconfig, int applications) throws IOException {
    this.applications = applications;
    this.client = ClusterEngine.connect(kubeconfig);
    this.cluster = KubernetesCluster.over(client);
    CommitBuilder commit = repository.commit();
    for (int application = 0; application < applications; application++) {
      for (int object = 0; object < OBJECTS; object++) {
        commit.put(file(application, object), member(application, object, 0).yaml());
      }
    }
    this.head = commit.create();
    this.controller =
        Controller.builder(executor, Scheduler.of(timer))
            .listener(this)
            .trigger(
                told -> {
                  sink = told;
                  return () -> {};
                })
            .build();
    this.bare = clone(url.toString(), base.resolve("clone"));
  }

  private static Git clone(String url, Path directory) throws IOException {
    try {
      return Git.cloneRepository()
          .setBare(true)
          .setURI(url)
          .setDirectory(directory.toFile())
          .call();
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
  }

  private static String name(int application) {
    return "app-" + application;
  }

  private static String file(int application, int object) {
    return name(application) + "/object-" + object + ".yaml";
  }

  /** An object of an application, all of which are in one namespace. */
  static ClusterCorpus.Member member(int application, int object, int generation) {
    int round = application / ClusterCorpus.NAMESPACES * OBJECTS + object / ClusterCorpus.KINDS;
    int name = round * ClusterCorpus.NAMESPACES + application % ClusterCorpus.NAMESPACES;
    return ClusterCorpus.member(
        name * ClusterCorpus.KINDS + object % ClusterCorpus.KINDS, generation);
  }

  /** All objects of so many applications. */
  static List<ClusterCorpus.Member> members(int applications) {
    List<ClusterCorpus.Member> members = new ArrayList<>();
    for (int application = 0; application < applications; application++) {
      for (int object = 0; object < OBJECTS; object++) {
        members.add(member(application, object, 0));
      }
    }
    return members;
  }

  /** Puts all applications, and returns how many seconds pass until all are as declared. */
  double converge() throws InterruptedException {
    long begin = System.nanoTime();
    for (int application = 0; application < applications; application++) {
      controller.put(application(application));
    }
    for (int application = 0; application < applications; application++) {
      await(name(application));
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private Application application(int number) {
    String name = name(number);
    TreeSource source = cache.source(url).path(name).build();
    String owner = "fleet/" + name;
    KubernetesTarget target =
        KubernetesTarget.builder(cluster, owner)
            .health(HealthAssessor.presence())
            .inventory(InMemoryInventoryStore.ownedBy(owner))
            .history(new InMemoryHistoryStore())
            .build();
    targets.add(target);
    return Application.builder(name, source, target).interval(INTERVAL).build();
  }

  @Override
  public void onEvent(ControllerEvent event) {
    if (event instanceof ControllerEvent.PassTold told
        && told.event() instanceof ReconcileEvent.PassEnded ended) {
      note(told.application(), ended.report());
    }
  }

  private synchronized void note(String application, ReconcileReport report) {
    last.put(application, report.result() + " " + report.failures() + report.plan());
    if (!report.outcomes().isEmpty()) {
      writers.add(application);
    }
    if (report.converged()) {
      report.plan().ifPresent(plan -> reached.put(application, plan.header().revision().id()));
      notifyAll();
    }
  }

  private synchronized void await(String application) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!head.equals(reached.get(application))) {
      TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
      if (System.nanoTime() - end >= 0) {
        throw new IllegalStateException(
            application + " did not converge: " + last.get(application));
      }
    }
  }

  /** Lets some time pass, and returns the share of one core that was taken, in percent. */
  double rest(double seconds) throws InterruptedException {
    long before = processorTime();
    Thread.sleep((long) (seconds * 1000));
    return (processorTime() - before) / 1e9 / seconds * 100;
  }

  private static long processorTime() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  void forgetRequests() {
    server.requests().clear();
  }

  long requests(RequestKind kind) {
    return server.requests().count(kind);
  }

  double intervalSeconds() {
    return INTERVAL.toSeconds();
  }

  /** Commits another generation of one object of an application. */
  synchronized void commit(int application, int generation) {
    writers.clear();
    head =
        repository
            .commit()
            .put(file(application, 2), member(application, 2, generation).yaml())
            .create();
  }

  /** Fetches what was committed into the clone, and returns the seconds that it took. */
  double bareFetch() throws IOException {
    long begin = System.nanoTime();
    try {
      bare.fetch().call();
    } catch (GitAPIException e) {
      throw new IOException(e);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** Tells the controller, and returns the seconds until an application is as committed. */
  double follow(int application) throws InterruptedException {
    long begin = System.nanoTime();
    if (requireNonNull(sink, "sink").remoteMoved(url.toString()) != applications) {
      throw new IllegalStateException(url + " is not the remote of all applications");
    }
    await(name(application));
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (int other = 0; other < applications; other++) {
      await(name(other));
    }
    return seconds;
  }

  /** Returns how many others have written since the last commit. */
  synchronized int writersBeside(int application) {
    Set<String> others = new HashSet<>(writers);
    others.remove(name(application));
    return others.size();
  }

  @Override
  public void close() throws IOException {
    controller.close();
    targets.forEach(KubernetesTarget::close);
    cluster.close();
    client.close();
    bare.close();
    cache.close();
    server.close();
    repository.close();
    executor.shutdownNow();
    timer.shutdownNow();
    Command.run("rm", "-rf", base.toString());
  }
}
