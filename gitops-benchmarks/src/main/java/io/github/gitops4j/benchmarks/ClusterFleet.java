package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.git.RequestKind;
import java.io.IOException;
import java.util.Locale;

/**
 * A hundred applications of one repository in one controller, on a real API server: how long until
 * all are as declared for the first time, beside Flux's pkg/ssa with the same objects; what they
 * take at rest; and how long one commit that is of one application takes, beside a bare fetch.
 *
 * <p>Inventories and histories are in memory, as Flux's objects have none of their own here.
 *
 * <p>Arguments: applications (default 100), commits (default 20).
 */
public final class ClusterFleet {
  private static final String FLUX_IN_FLIGHT = "4";
  private static final double CALM_SECONDS = 150;
  private static final double MEASURED_SECONDS = 60;

  private final int applications;
  private final int commits;

  private ClusterFleet(int applications, int commits) {
    this.applications = applications;
    this.commits = commits;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int applications = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    int commits = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    System.out.println(RunRow.head());
    new ClusterFleet(applications, commits).run();
  }

  private void run() throws IOException, InterruptedException {
    double flux;
    try (ClusterSite site = ClusterSite.start()) {
      String file = site.file("all.yaml", FleetOfRepository.members(applications)).toString();
      String config = site.plane().kubeconfig().toString();
      flux = GoPeer.built("flux").run(config, file, FLUX_IN_FLIGHT, "1").get(0).seconds();
    }
    double bare;
    try (ClusterSite site = ClusterSite.start()) {
      bare =
          new BareClient(site.plane().client(), 16).apply(FleetOfRepository.members(applications));
    }
    String peers = String.format(Locale.ROOT, "Flux %.2f s, a bare client %.2f s", flux, bare);
    try (ClusterSite site = ClusterSite.start();
        FleetOfRepository fleet = fleet(site)) {
      converge("fresh", fleet, flux, peers);
    }
    try (ClusterSite site = ClusterSite.start();
        FleetOfRepository fleet = fleet(site)) {
      converge("warm", fleet, flux, peers);
      atRest(fleet);
      commits(fleet);
    }
  }

  private FleetOfRepository fleet(ClusterSite site) throws IOException {
    return new FleetOfRepository(site.kubeconfig(), applications);
  }

  private static void converge(String jvm, FleetOfRepository fleet, double flux, String peers)
      throws InterruptedException {
    double seconds = fleet.converge();
    RunRow.print(
        "kube-fleet, first convergence in a " + jvm + " JVM",
        seconds / flux,
        0.5,
        "%.2f s, %s",
        seconds,
        peers);
  }

  /** Before that the watches begin, and the JVM compiles what the first passes have used. */
  private void atRest(FleetOfRepository fleet) throws InterruptedException {
    fleet.rest(CALM_SECONDS);
    fleet.forgetRequests();
    double percent = fleet.rest(MEASURED_SECONDS);
    RunRow.print(
        "kube-fleet, percent of one core at rest", percent, 1, "a minute, with the Git server");
    double looks = fleet.requests(RequestKind.LS_REFS) * fleet.intervalSeconds();
    RunRow.print(
        "kube-fleet, looks at the repository an interval",
        looks / MEASURED_SECONDS,
        1.1,
        "an interval of %.0f s, with jitter; %d fetches",
        fleet.intervalSeconds(),
        fleet.requests(RequestKind.FETCH));
  }

  private void commits(FleetOfRepository fleet) throws IOException, InterruptedException {
    double ours = Double.MAX_VALUE;
    double bare = Double.MAX_VALUE;
    int others = 0;
    for (int round = 1; round <= commits; round++) {
      int application = round * 7 % applications;
      fleet.commit(application, round);
      bare = Math.min(bare, fleet.bareFetch());
      ours = Math.min(ours, fleet.follow(application));
      others = Math.max(others, fleet.writersBeside(application));
    }
    RunRow.print(
        "kube-fleet, one commit, milliseconds over 2x a bare fetch",
        (ours - 2 * bare) * 1000,
        100,
        "%.1f ms from trigger to converged, bare fetch %.1f ms, fastest of %d",
        ours * 1000,
        bare * 1000,
        commits);
    RunRow.print(
        "kube-fleet, one commit, other applications that wrote",
        others,
        0,
        "at most of %d",
        commits);
  }
}
