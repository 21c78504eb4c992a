package io.github.gitops4j.kubernetes.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.error.HistoryException;
import io.github.gitops4j.history.HistoryAudit.Breach;
import io.github.gitops4j.history.HistoryAudit.Kind;
import io.github.gitops4j.history.HistoryAuditor;
import io.github.gitops4j.history.HistoryJson;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Gives all records of a history to an auditor: those in the segments, then those in the head. What
 * the head carries of older records has to be what the segments have.
 *
 * <p>Confined to one audit.
 */
final class HistoryTrail {
  private final StateNames names;
  private final UnaryOperator<String> places;
  private final Function<String, Optional<byte[]>> contents;
  private final HistoryAuditor auditor;

  /**
   * Creates it.
   *
   * @param places says where a Secret is
   * @param contents reads a Secret; nothing if it is not there
   */
  HistoryTrail(
      StateNames names,
      UnaryOperator<String> places,
      Function<String, Optional<byte[]>> contents,
      HistoryAuditor auditor) {
    this.names = names;
    this.places = places;
    this.contents = contents;
    this.auditor = auditor;
  }

  /**
   * Gives what there is.
   *
   * @param head what the head holds; nothing if there is none yet
   * @throws io.github.gitops4j.error.GitOpsException if the head is something else
   * @throws IllegalArgumentException if the head is something else
   */
  void walk(Optional<byte[]> head) {
    if (head.isEmpty()) {
      withoutHead();
      return;
    }
    String place = places.apply(names.head());
    StateHead.HistoryLines lines = StateHead.history(place, head.get());
    Set<String> carried = new LinkedHashSet<>();
    lines.carried().forEach(line -> carried.add(new String(line, UTF_8)));
    for (int number = 1; number <= lines.segments(); number++) {
      Optional<byte[]> segment = contents.apply(names.segment(number));
      segment.ifPresent(content -> takeOut(content, carried));
      give(number, segment);
    }
    carried.stream().findFirst().ifPresent(line -> foreign(place, line));
    for (int i = 0; i < lines.tail().size(); i++) {
      auditor.record(place + ":" + (lines.firstOfTail() + i), lines.tail().get(i));
    }
  }

  /** An earlier version had segments alone. */
  private void withoutHead() {
    for (int number = 1; ; number++) {
      Optional<byte[]> segment = contents.apply(names.segment(number));
      if (segment.isEmpty() && contents.apply(names.segment(number + 1)).isEmpty()) {
        return;
      }
      give(number, segment);
    }
  }

  private void give(int number, Optional<byte[]> segment) {
    String place = places.apply(names.segment(number));
    if (segment.isPresent()) {
      auditor.records(place, segment.get());
    } else {
      auditor.found(
          new Breach(
              Kind.MISSING,
              auditor.next(),
              place,
              "the Secret is gone, and record " + auditor.next() + " with it"));
    }
  }

  private static void takeOut(byte[] content, Set<String> carried) {
    if (!carried.isEmpty()) {
      List.of(new String(content, UTF_8).split("\n", -1)).forEach(carried::remove);
    }
  }

  private void foreign(String place, String line) {
    long number = number(line);
    auditor.found(
        number == 0
            ? new Breach(Kind.UNREADABLE, auditor.next(), place, "it carries what is no record")
            : new Breach(
                Kind.EDITED,
                number,
                place,
                "record " + number + " is carried as another one than its Secret has"));
  }

  private static long number(String line) {
    try {
      return HistoryJson.read("", line.getBytes(UTF_8)).sequence();
    } catch (HistoryException e) {
      return 0;
    }
  }
}
