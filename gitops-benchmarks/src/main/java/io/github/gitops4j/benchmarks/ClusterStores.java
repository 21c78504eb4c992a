package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.kubernetes.ApiFaultProxy;
import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import java.io.IOException;
import java.util.List;

/**
 * Measures what passes ask of inventory and history when both are in the cluster: the first apply,
 * a pass that finds nothing to do, one changed manifest, and a plan after a restart. Times are
 * taken on the API server itself; requests are counted by a proxy, in passes of their own.
 *
 * <p>Arguments: objects (default 1,000), rounds (default 10).
 */
public final class ClusterStores {
  private static final String STATE = "/api/v1/namespaces/default/secrets";

  private final int objects;
  private final int rounds;

  private ClusterStores(int objects, int rounds) {
    this.objects = objects;
    this.rounds = rounds;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    int objects = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1000;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    System.out.println(RunRow.head());
    new ClusterStores(objects, rounds).run();
  }

  private void run() throws IOException {
    try (ClusterSite site = ClusterSite.start();
        ApiFaultProxy proxy = ApiFaultProxy.to(site.plane());
        ClusterEngine engine = ClusterEngine.withStoresInCluster(proxy.kubeconfig(User.ADMIN))) {
      engine.declare(0, ClusterCorpus.members(objects, 0));
      engine.pass(objects);
      RunRow.print(
          "kube-stores, first apply, requests", onStores(proxy), 15, "%d objects", objects);
      settle(engine);
      proxy.forgetCalls();
      engine.pass(0);
      RunRow.print("kube-stores, no-op, requests", asked(proxy), 0, "on anything");
      engine.declare(7, List.of(ClusterCorpus.member(7, 1)));
      proxy.forgetCalls();
      engine.pass(1);
      RunRow.print(
          "kube-stores, change, requests", onStores(proxy), 2, "%.0f in all", asked(proxy));
      engine.restart(proxy.kubeconfig(User.ADMIN));
      proxy.forgetCalls();
      engine.plan();
      RunRow.print(
          "kube-stores, restart, requests", onStores(proxy), 4, "%.0f in all", asked(proxy));
      engine.restart(site.kubeconfig());
      engine.pass(0);
      settle(engine);
      times(engine);
    }
  }

  private void times(ClusterEngine engine) throws IOException {
    double idle = Double.MAX_VALUE;
    double change = Double.MAX_VALUE;
    for (int round = 1; round <= rounds; round++) {
      engine.declare(7, List.of(ClusterCorpus.member(7, 1 + round)));
      change = Math.min(change, seconds(() -> engine.pass(1)));
      settle(engine);
      idle = Math.min(idle, seconds(() -> engine.pass(0)));
    }
    RunRow.print("kube-stores, no-op, milliseconds", idle * 1000, 5, "fastest of %d", rounds);
    RunRow.print("kube-stores, change, milliseconds", change * 1000, 40, "fastest of %d", rounds);
  }

  /** The watches begin with the second pass, and tell soon after. */
  private static void settle(ClusterEngine engine) {
    for (int i = 0; i < 5; i++) {
      engine.pass(0);
    }
  }

  private static double onStores(ApiFaultProxy proxy) {
    return (double) proxy.count(call -> !call.isWatch() && call.path().startsWith(STATE));
  }

  private static double asked(ApiFaultProxy proxy) {
    return (double) proxy.count(call -> !call.isWatch());
  }

  private static double seconds(Rivals.Run run) throws IOException {
    long began = System.nanoTime();
    run.run();
    return (System.nanoTime() - began) / 1e9;
  }
}
