package io.github.gitops4j.report;

import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.report.Finding.Rule;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Reports as SARIF 2.1.0: what is wrong or differs, with file and line. What is in no file is a
 * notification of the run and no result, as GitHub refuses a whole document for one result without
 * a place. So it does for more than 25,000 results: beyond, the best are left out, and a
 * notification counts them.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class SarifFormat implements ReportFormat {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String PLAIN = "-._~/";
  private static final int MOST = 25_000;

  private SarifFormat() {}

  /** Returns the format. */
  public static SarifFormat create() {
    return new SarifFormat();
  }

  @Override
  public String render(List<ReportItem> items) {
    List<Placed> all = new ArrayList<>();
    for (ReportItem item : items) {
      Findings.of(item).stream()
          .filter(finding -> finding.level() != Level.PASS)
          .forEach(finding -> all.add(new Placed(item, finding)));
    }
    List<Placed> inFiles = all.stream().filter(Placed::isInFile).toList();
    Sequence.Builder results = Sequence.builder();
    worst(inFiles).forEach(placed -> results.add(result(placed)));
    Sequence.Builder notes = Sequence.builder();
    all.stream().filter(placed -> !placed.isInFile()).forEach(one -> notes.add(note(one.finding)));
    if (inFiles.size() > MOST) {
      String rest = "and " + (inFiles.size() - MOST) + " more results";
      notes.add(
          Mapping.builder().put("level", Text.of("warning")).put("message", message(rest)).build());
    }
    Mapping run =
        Mapping.builder()
            .put("tool", Mapping.builder().put("driver", driver()).build())
            .put("columnKind", Text.of("unicodeCodePoints"))
            .put("invocations", Sequence.of(invocation(notes.build())))
            .put("results", results.build())
            .build();
    return JsonText.of(
        Mapping.builder()
            .put("$schema", Text.of(SCHEMA))
            .put("version", Text.of("2.1.0"))
            .put("runs", Sequence.of(run))
            .build());
  }

  /** A finding and what it is a finding of. */
  private record Placed(ReportItem item, Finding finding) {
    boolean isInFile() {
      return finding.origin().isPresent();
    }
  }

  private static List<Placed> worst(List<Placed> results) {
    return results.size() <= MOST
        ? results
        : results.stream()
            .sorted(Comparator.comparing((Placed one) -> one.finding.level()).reversed())
            .limit(MOST)
            .toList();
  }

  private static Mapping invocation(Sequence notes) {
    return Mapping.builder()
        .put("executionSuccessful", Bool.of(true))
        .put("toolExecutionNotifications", notes)
        .build();
  }

  private static Mapping note(Finding finding) {
    return Mapping.builder()
        .put("associatedRule", rule(finding, "id", "index").build())
        .put("level", Text.of(level(finding)))
        .put("message", message(plain(finding.sentence())))
        .build();
  }

  private static Mapping.Builder rule(Finding finding, String id, String index) {
    return Mapping.builder()
        .put(id, Text.of(finding.rule().id()))
        .put(index, Numeral.of(List.of(Rule.values()).indexOf(finding.rule())));
  }

  private static String level(Finding finding) {
    return finding.level().name().toLowerCase(Locale.ROOT);
  }

  private static Mapping driver() {
    Sequence.Builder rules = Sequence.builder();
    for (Rule rule : Rule.values()) {
      rules.add(
          Mapping.builder()
              .put("id", Text.of(rule.id()))
              .put("shortDescription", message(rule.description()))
              .build());
    }
    return Mapping.builder()
        .put("name", Text.of("gitops4j"))
        .put("informationUri", Text.of("https://github.com/gitops4j/gitops4j"))
        .put("rules", rules.build())
        .build();
  }

  private static Mapping result(Placed placed) {
    Finding finding = placed.finding;
    Mapping.Builder result =
        rule(finding, "ruleId", "ruleIndex")
            .put("level", Text.of(level(finding)))
            .put("message", message(plain(finding.sentence())))
            .put(
                "partialFingerprints",
                Mapping.builder()
                    .put("finding/v1", Text.of(finding.fingerprint(placed.item).hex()))
                    .build());
    finding.origin().ifPresent(origin -> result.put("locations", Sequence.of(location(origin))));
    return result.build();
  }

  /** A message may have links in it, {@code [text](target)}; one of strangers has none. */
  private static String plain(String text) {
    return Printable.of(text).replace("](", "]\\u{28}");
  }

  private static Mapping message(String text) {
    return Mapping.builder().put("text", Text.of(text)).build();
  }

  /** What is about a whole file stands at its first line, as GitHub demands one. */
  private static Value location(Origin origin) {
    Mapping physical =
        Mapping.builder()
            .put(
                "artifactLocation",
                Mapping.builder().put("uri", Text.of(uri(origin.file()))).build())
            .put(
                "region",
                Mapping.builder().put("startLine", Numeral.of(Math.max(1, origin.line()))).build())
            .build();
    return Mapping.builder().put("physicalLocation", physical).build();
  }

  /**
   * Returns a path as a relative reference: everything but plain characters in percents, and a
   * slash at its beginning too, which would make it absolute.
   */
  private static String uri(String path) {
    StringBuilder out = new StringBuilder();
    for (byte part : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (part & 0xff);
      boolean plain =
          c < 0x80
              && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0)
              && !(c == '/' && out.isEmpty());
      out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }
}
