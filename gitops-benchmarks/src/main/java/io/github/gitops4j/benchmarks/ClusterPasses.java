package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.kubernetes.ApiCall;
import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Measures passes over a real API server beside Flux's pkg/ssa: the first apply in a fresh and in a
 * warm JVM, a pass that finds nothing to do, a plan after a restart, and one changed manifest
 * beside a bare client. Times are taken on the API server itself; requests are counted by a proxy,
 * in passes of their own. Wants a fresh JVM.
 *
 * <p>Arguments: objects (default 1,000), rounds (default 10).
 */
public final class ClusterPasses {
  private static final String IN_FLIGHT = "4";
  private static final int KINDS = 5;
  private static final int DRIFTS = 200;

  private final int objects;
  private final int rounds;

  private ClusterPasses(int objects, int rounds) {
    this.objects = objects;
    this.rounds = rounds;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    int objects = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    System.out.println(RunRow.head());
    new ClusterPasses(objects, rounds).run();
  }

  private void run() throws IOException {
    double flux;
    try (ClusterSite site = ClusterSite.start()) {
      String file = site.file("all.yaml", ClusterCorpus.members(objects, 0)).toString();
      String config = site.plane().kubeconfig().toString();
      flux = GoPeer.built("flux").run(config, file, IN_FLIGHT, "1").get(0).seconds();
    }
    firstApply("kube-first, fresh JVM", flux, 0.8);
    firstApply("kube-first, warm JVM", flux, 0.35);
    try (ClusterSite site = ClusterSite.start();
        ClusterEngine engine = new ClusterEngine(site.kubeconfig())) {
      engine.declare(0, ClusterCorpus.members(objects, 0));
      engine.pass(objects);
      engine.settle();
      nothingToDo(engine);
      oneChange(site, engine);
      drift(site, engine);
      requests(site, engine);
    }
  }

  private void firstApply(String name, double flux, double bar) throws IOException {
    try (ClusterSite site = ClusterSite.start();
        ClusterEngine engine = new ClusterEngine(site.kubeconfig())) {
      engine.declare(0, ClusterCorpus.members(objects, 0));
      Allocation allocation = new Allocation();
      double seconds = seconds(() -> engine.pass(objects));
      RunRow.print(
          name,
          seconds / flux,
          bar,
          "%.2f s, Flux %.2f s, %.0f MB",
          seconds,
          flux,
          allocation.megabytes());
    }
  }

  private void nothingToDo(ClusterEngine engine) throws IOException {
    double best = Double.MAX_VALUE;
    Allocation allocation = new Allocation();
    for (int round = 0; round < rounds; round++) {
      best = Math.min(best, seconds(() -> engine.pass(0)));
    }
    RunRow.print(
        "kube-no-op, milliseconds",
        best * 1000,
        5,
        "%.1f MB a pass",
        allocation.megabytes() / rounds);
  }

  /** The bare client sends the one apply that is needed. */
  private void oneChange(ClusterSite site, ClusterEngine engine) throws IOException {
    PlaneClient client =
        new PlaneClient(
            site.plane().url(), site.plane().token(User.ADMIN), site.plane().authority());
    double ours = Double.MAX_VALUE;
    double bare = Double.MAX_VALUE;
    for (int round = 1; round <= rounds; round++) {
      engine.declare(7, List.of(ClusterCorpus.member(7, round)));
      ours = Math.min(ours, seconds(() -> engine.pass(1)));
      ClusterCorpus.Member other = ClusterCorpus.member(12, 100 + round);
      bare =
          Math.min(
              bare,
              seconds(
                  () ->
                      client.apply(
                          other.path() + "-bare",
                          "bare",
                          other.yaml().replaceAll("(?m)^  name: (.*)$", "  name: $1-bare"))));
    }
    RunRow.print(
        "kube-change, milliseconds over 1.3x a bare client",
        (ours - 1.3 * bare) * 1000,
        30,
        "%.1f ms, bare client %.1f ms",
        ours * 1000,
        bare * 1000);
  }

  /** Somebody else changes a field that is ours; how long until it is as declared again. */
  private void drift(ClusterSite site, ClusterEngine engine) throws IOException {
    List<Double> times = new ArrayList<>();
    engine.settle();
    for (int round = 0; round < DRIFTS; round++) {
      String path = ClusterCorpus.member(2 + 5 * (round % (objects / 5)), 0).path();
      ClusterSite.succeed(
          site.plane().client().merge(path, "{\"data\":{\"generation\":\"drift\"}}"));
      times.add(seconds(engine::correct));
      engine.settle();
    }
    Collections.sort(times);
    RunRow.print(
        "kube-drift, p99 in seconds",
        times.get(DRIFTS * 99 / 100 - 1),
        1,
        "p50 %.3f s, worst %.3f s of %d",
        times.get(DRIFTS / 2),
        times.get(DRIFTS - 1),
        DRIFTS);
  }

  private void requests(ClusterSite site, ClusterEngine engine) throws IOException {
    try (ApiFaultProxy proxy = ApiFaultProxy.to(site.plane())) {
      engine.restart(proxy.kubeconfig(User.ADMIN));
      engine.plan();
      RunRow.print(
          "kube-restart, requests with a kind's name",
          (double) ofKinds(proxy),
          KINDS,
          "%d in all",
          proxy.calls().size());
      engine.settle();
      proxy.forgetCalls();
      engine.pass(0);
      RunRow.print("kube-no-op, requests", proxy.calls().size(), 0, "%d objects watched", objects);
      engine.declare(7, List.of(ClusterCorpus.member(7, 200)));
      proxy.forgetCalls();
      engine.pass(1);
      String path = ClusterCorpus.member(7, 0).path();
      RunRow.print(
          "kube-change, requests on the object",
          (double) proxy.count(call -> call.path().equals(path)),
          2,
          "%d in all",
          proxy.calls().size());
    }
  }

  private static long ofKinds(ApiFaultProxy proxy) {
    return proxy.calls().stream()
        .map(ApiCall::path)
        .filter(path -> path.matches(".*/(deployments|services|configmaps|secrets|roles).*"))
        .count();
  }

  private static double seconds(Rivals.Run run) throws IOException {
    long began = System.nanoTime();
    run.run();
    return (System.nanoTime() - began) / 1e9;
  }
}
