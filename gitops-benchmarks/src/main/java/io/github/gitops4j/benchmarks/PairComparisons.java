package io.github.gitops4j.benchmarks;

import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.kubernetes.diff.OfflineDiffer;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.JsonReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Compares pairs of objects as a preview does, all on one thread: with the managed fields of
 * whoever applied them, so that fields that are declared no longer are found too, and with every
 * change as it is shown. Reading is not counted. Wants a fresh JVM, whose first round is the first
 * pass.
 *
 * <p>Arguments: file of declared objects, file of live ones, rounds. It prints a line for each
 * round: seconds, pairs, pairs that differ, separated by tabs.
 */
public final class PairComparisons {
  private static final FieldPath NAMESPACE = FieldPath.parse("/metadata/namespace");
  private static final FieldPath NAME = FieldPath.parse("/metadata/name");
  private static final FieldPath VERSION = FieldPath.parse("/apiVersion");
  private static final FieldPath KIND = FieldPath.parse("/kind");

  private final OfflineDiffer differ =
      OfflineDiffer.builder().manager(BareClient.FIELD_MANAGER).build();
  private final List<Pair> pairs = new ArrayList<>();

  private PairComparisons() {}

  private record Pair(ResourceKey key, Document desired, Document live) {}

  /** Runs the comparison. */
  public static void main(String[] arguments) throws IOException {
    PairComparisons comparisons = new PairComparisons();
    comparisons.read(Path.of(arguments[0]), Path.of(arguments[1]));
    // Nor is what reading has left.
    System.gc();
    for (int round = Integer.parseInt(arguments[2]); round > 0; round--) {
      comparisons.round();
    }
  }

  private void read(Path desiredFile, Path liveFile) throws IOException {
    List<String> desired = Files.readAllLines(desiredFile);
    List<String> live = Files.readAllLines(liveFile);
    for (int i = 0; i < desired.size(); i++) {
      Document declared = object(desired.get(i));
      pairs.add(new Pair(key(declared), declared, object(live.get(i))));
    }
  }

  private static Document object(String json) {
    return JsonReader.create().read("pair", json.getBytes(StandardCharsets.UTF_8));
  }

  private static ResourceKey key(Document object) {
    String version = object.text(VERSION).orElseThrow();
    int slash = version.indexOf('/');
    return ResourceKey.of(
        slash < 0 ? "" : version.substring(0, slash),
        object.text(KIND).orElseThrow(),
        object.text(NAMESPACE).orElse(""),
        object.text(NAME).orElseThrow());
  }

  private void round() {
    List<Drift> drifts = new ArrayList<>(pairs.size());
    long began = System.nanoTime();
    for (Pair pair : pairs) {
      drifts.add(differ.compare(pair.key(), pair.desired(), pair.live(), List.of()));
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    long changed = drifts.stream().filter(drift -> !(drift instanceof Drift.InSync)).count();
    System.out.printf(Locale.ROOT, "%.6f\t%d\t%d%n", seconds, pairs.size(), changed);
  }
}
