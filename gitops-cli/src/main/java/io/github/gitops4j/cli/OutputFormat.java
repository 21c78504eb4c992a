package io.github.gitops4j.cli;

import io.github.gitops4j.report.Ink;
import io.github.gitops4j.report.JUnitFormat;
import io.github.gitops4j.report.JsonFormat;
import io.github.gitops4j.report.MarkdownFormat;
import io.github.gitops4j.report.ReportFormat;
import io.github.gitops4j.report.SarifFormat;
import io.github.gitops4j.report.TextRenderer;

/** The formats by the names of the option. */
enum OutputFormat {
  text,
  json,
  markdown,
  junit,
  sarif;

  ReportFormat renderer(Console console, int limit) {
    return switch (this) {
      case text ->
          TextRenderer.builder()
              .ink(console.colored() ? Ink.COLORED : Ink.PLAIN)
              .limit(limit)
              .build();
      case json -> JsonFormat.create();
      case markdown -> MarkdownFormat.withLimit(limit);
      case junit -> JUnitFormat.create();
      case sarif -> SarifFormat.create();
    };
  }
}
