package io.github.gitops4j.report;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.InputFinding;
import java.util.List;

/** What checks have found, as JSON. */
final class InputFindingJson {
  private InputFindingJson() {}

  static Sequence of(List<InputFinding> findings) {
    Sequence.Builder list = Sequence.builder();
    for (InputFinding finding : findings) {
      list.add(
          Mapping.builder()
              .put("rule", Text.of(finding.rule().name()))
              .put("severity", Text.of(finding.severity().name()))
              .put("origin", origin(finding.origin()))
              .put("path", Text.of(finding.path().toString()))
              .put("message", Text.of(finding.message()))
              .build());
    }
    return list.build();
  }

  private static Mapping origin(Origin origin) {
    return Mapping.builder()
        .put("file", Text.of(origin.file()))
        .put("document", Numeral.of(origin.document()))
        .put("line", Numeral.of(origin.line()))
        .build();
  }
}
