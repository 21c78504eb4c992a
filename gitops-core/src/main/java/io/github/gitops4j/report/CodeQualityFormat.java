package io.github.gitops4j.report;

import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Problems as a <a href="https://docs.gitlab.com/ci/testing/code_quality/">code quality report</a>
 * of GitLab, which shows them at their lines in a merge request. What is in no file is left out, as
 * the report has no place for it, and what is found twice at one place is told once, as no two
 * fingerprints may be the same.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class CodeQualityFormat implements ReportFormat {
  private CodeQualityFormat() {}

  /** Returns the format. */
  public static CodeQualityFormat create() {
    return new CodeQualityFormat();
  }

  @Override
  public String render(List<ReportItem> items) {
    Sequence.Builder list = Sequence.builder();
    Set<ContentDigest> told = new HashSet<>();
    for (ReportItem item : items) {
      for (Finding finding : Findings.of(item)) {
        ContentDigest fingerprint = finding.fingerprint(item);
        if (finding.level().compareTo(Level.NOTE) > 0 && told.add(fingerprint)) {
          finding.origin().ifPresent(origin -> list.add(problem(finding, fingerprint, origin)));
        }
      }
    }
    return JsonText.of(list.build());
  }

  private static Mapping problem(Finding finding, ContentDigest fingerprint, Origin origin) {
    return Mapping.builder()
        .put("description", Text.of(Printable.of(finding.sentence())))
        .put("check_name", Text.of("gitops." + finding.rule().id()))
        .put("fingerprint", Text.of(fingerprint.hex()))
        .put("severity", Text.of(finding.level() == Level.ERROR ? "major" : "minor"))
        .put(
            "location",
            Mapping.builder()
                .put("path", Text.of(Printable.of(origin.file())))
                .put(
                    "lines",
                    Mapping.builder().put("begin", Numeral.of(Math.max(1, origin.line()))).build())
                .build())
        .build();
  }
}
