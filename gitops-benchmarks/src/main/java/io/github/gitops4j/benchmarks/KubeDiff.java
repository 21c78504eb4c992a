package io.github.gitops4j.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Compares pairs of declared and live objects beside Argo CD's gitops-engine, which does the same
 * in {@code DiffArray}. The live ones are what a real API server made of them, half of the declared
 * ones have changed in one field. Both run in a process of their own, one after the other.
 *
 * <p>Arguments: pairs (default 10,000), rounds of ours (default 200), rounds of theirs (default 3).
 */
public final class KubeDiff {
  private static final int APPLIED = 1000;
  private static final int IN_FLIGHT = 16;

  private KubeDiff() {}

  /** Runs the measurement. */
  public static void main(String[] arguments) throws IOException {
    String pairs = argument(arguments, 0, "10000");
    String ours = argument(arguments, 1, "200");
    String theirs = argument(arguments, 2, "3");
    System.out.println(RunRow.head());
    try (ClusterSite site = ClusterSite.start()) {
      new BareClient(site.plane().client(), IN_FLIGHT).apply(ClusterCorpus.members(APPLIED, 0));
      LivePairs files = LivePairs.of(site, APPLIED, Integer.parseInt(pairs));
      String desired = files.desired().toString();
      String live = files.live().toString();
      GoPeer.Round peer = best(GoPeer.built("argocd").run(desired, live, theirs));
      List<GoPeer.Round> own =
          GoPeer.rounds(
              List.of(
                  ChildJvm.java(),
                  "-cp",
                  ChildJvm.classPath(),
                  PairComparisons.class.getName(),
                  desired,
                  live,
                  ours));
      row("kube-diff, first pass of a process", peer, own.get(0), 60);
      row("kube-diff, warm", peer, best(own), 100);
    }
  }

  private static void row(String name, GoPeer.Round peer, GoPeer.Round ours, int bar) {
    List<String> detail = new ArrayList<>();
    detail.add(rate("ours", ours));
    detail.add(rate("Argo CD `DiffArray`", peer));
    double ratio = peer.seconds() / ours.seconds();
    System.out.println(
        new RunRow(name, ratio, RunRow.Bound.AT_LEAST, bar, String.join(", ", detail)));
  }

  private static String rate(String who, GoPeer.Round round) {
    return String.format(
        Locale.ROOT,
        "%s %,.0f pairs a second (%,d differ)",
        who,
        round.count() / round.seconds(),
        round.changed());
  }

  private static GoPeer.Round best(List<GoPeer.Round> rounds) {
    return rounds.stream().min(Comparator.comparingDouble(GoPeer.Round::seconds)).orElseThrow();
  }

  private static String argument(String[] arguments, int index, String otherwise) {
    return arguments.length > index ? arguments[index] : otherwise;
  }
}
