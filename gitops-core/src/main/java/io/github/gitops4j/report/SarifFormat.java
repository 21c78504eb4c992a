package io.github.gitops4j.report;

import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.report.Finding.Rule;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Reports as SARIF 2.1.0: what is wrong or differs, with file and line where they are known.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class SarifFormat implements ReportFormat {
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String PLAIN = "-._~/";

  private SarifFormat() {}

  /** Returns the format. */
  public static SarifFormat create() {
    return new SarifFormat();
  }

  @Override
  public String render(List<ReportItem> items) {
    Sequence.Builder results = Sequence.builder();
    for (ReportItem item : items) {
      Findings.of(item).stream()
          .filter(finding -> finding.level() != Level.PASS)
          .forEach(finding -> results.add(result(item, finding)));
    }
    Mapping run =
        Mapping.builder()
            .put("tool", Mapping.builder().put("driver", driver()).build())
            .put("columnKind", Text.of("unicodeCodePoints"))
            .put("results", results.build())
            .build();
    return JsonText.of(
        Mapping.builder()
            .put("$schema", Text.of(SCHEMA))
            .put("version", Text.of("2.1.0"))
            .put("runs", Sequence.of(run))
            .build());
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

  private static Mapping result(ReportItem item, Finding finding) {
    Mapping.Builder result =
        Mapping.builder()
            .put("ruleId", Text.of(finding.rule().id()))
            .put("ruleIndex", Numeral.of(List.of(Rule.values()).indexOf(finding.rule())))
            .put("level", Text.of(finding.level().name().toLowerCase(Locale.ROOT)))
            .put("message", message(Printable.of(finding.sentence())))
            .put(
                "partialFingerprints",
                Mapping.builder()
                    .put("finding/v1", Text.of(finding.fingerprint(item).hex()))
                    .build());
    finding.origin().ifPresent(origin -> result.put("locations", Sequence.of(location(origin))));
    return result.build();
  }

  private static Mapping message(String text) {
    return Mapping.builder().put("text", Text.of(text)).build();
  }

  private static Value location(Origin origin) {
    Mapping.Builder physical =
        Mapping.builder()
            .put(
                "artifactLocation",
                Mapping.builder().put("uri", Text.of(uri(origin.file()))).build());
    if (origin.line() > 0) {
      physical.put("region", Mapping.builder().put("startLine", Numeral.of(origin.line())).build());
    }
    return Mapping.builder().put("physicalLocation", physical.build()).build();
  }

  /** Returns a path as a relative reference: everything but plain characters in percents. */
  private static String uri(String path) {
    StringBuilder out = new StringBuilder();
    for (byte part : path.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (part & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
    }
    return out.toString();
  }
}
