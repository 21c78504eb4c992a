package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.kubernetes.ControlPlane.User;
import io.github.gitops4j.testkit.kubernetes.PlaneClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Measures what others take on a real API server, for the rows that compare us with them: Flux's
 * pkg/ssa for the first apply and for a pass that finds nothing to do, a bare client, and Argo CD's
 * gitops-engine for the comparison of pairs. Each apply is to a cluster of its own.
 *
 * <p>Arguments: objects (default 1,000), pairs (default 10,000), rounds (default 3).
 */
public final class ClusterRivals {
  /** As many as kustomize-controller has in flight by default. */
  private static final String FLUX_IN_FLIGHT = "4";

  private static final int BARE_IN_FLIGHT = 16;

  private final int objects;
  private final int pairs;
  private final int rounds;

  private ClusterRivals(int objects, int pairs, int rounds) {
    this.objects = objects;
    this.pairs = pairs;
    this.rounds = rounds;
  }

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    ClusterRivals rivals =
        new ClusterRivals(
            argument(arguments, 0, 1000),
            argument(arguments, 1, 10_000),
            argument(arguments, 2, 3));
    System.out.println("| rival | case | seconds | requests or pairs | changed |");
    System.out.println("|---|---|---|---|---|");
    rivals.flux();
    rivals.bare();
    rivals.argocd();
  }

  private void flux() throws IOException {
    GoPeer flux = GoPeer.built("flux");
    try (ClusterSite site = ClusterSite.start()) {
      Path file = site.file("all.yaml", ClusterCorpus.members(objects, 0));
      String config = site.plane().kubeconfig().toString();
      List<GoPeer.Round> all =
          flux.run(config, file.toString(), FLUX_IN_FLIGHT, Integer.toString(1 + rounds));
      row("Flux `ApplyAllStaged`", "first apply of " + objects, all.get(0));
      row("Flux `ApplyAllStaged`", "nothing to do", best(all.subList(1, all.size())));
    }
  }

  private void bare() throws IOException {
    try (ClusterSite site = ClusterSite.start()) {
      PlaneClient client =
          new PlaneClient(
              site.plane().url(), site.plane().token(User.ADMIN), site.plane().authority());
      BareClient bare = new BareClient(client, BARE_IN_FLIGHT);
      String name = "bare client, " + BARE_IN_FLIGHT + " in flight";
      for (int generation = 0; generation <= rounds; generation++) {
        double seconds = bare.apply(ClusterCorpus.members(objects, generation));
        String what = (generation == 0 ? "first apply of " : "all changed again, ") + objects;
        row(name, what, new GoPeer.Round(seconds, objects, objects));
      }
    }
  }

  private void argocd() throws IOException {
    GoPeer argocd = GoPeer.built("argocd");
    try (ClusterSite site = ClusterSite.start()) {
      new BareClient(site.plane().client(), BARE_IN_FLIGHT)
          .apply(ClusterCorpus.members(objects, 0));
      LivePairs files = LivePairs.of(site, objects, pairs);
      List<GoPeer.Round> all =
          argocd.run(files.desired().toString(), files.live().toString(), "" + rounds);
      row("Argo CD `DiffArray`", "first of " + rounds, all.get(0));
      row("Argo CD `DiffArray`", "best of " + rounds, best(all));
    }
  }

  private static GoPeer.Round best(List<GoPeer.Round> rounds) {
    return rounds.stream().min(Comparator.comparingDouble(GoPeer.Round::seconds)).orElseThrow();
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void row(String rival, String what, GoPeer.Round round) {
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %.3f | %,d | %,d |%n",
        rival,
        what,
        round.seconds(),
        round.count(),
        round.changed());
  }
}
