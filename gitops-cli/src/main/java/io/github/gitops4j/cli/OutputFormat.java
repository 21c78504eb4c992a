package io.github.gitops4j.cli;

import io.github.gitops4j.report.AnnotationsFormat;
import io.github.gitops4j.report.CodeQualityFormat;
import io.github.gitops4j.report.Ink;
import io.github.gitops4j.report.JUnitFormat;
import io.github.gitops4j.report.JsonFormat;
import io.github.gitops4j.report.MarkdownFormat;
import io.github.gitops4j.report.ReportFormat;
import io.github.gitops4j.report.SarifFormat;
import io.github.gitops4j.report.TextRenderer;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** The formats by the names of the option. */
enum OutputFormat {
  text,
  json,
  markdown,
  junit,
  sarif,
  annotations,
  codeQuality("code-quality");

  private final String word;

  OutputFormat() {
    this.word = name();
  }

  OutputFormat(String word) {
    this.word = word;
  }

  /** Returns the format that a word of the option names. */
  static OutputFormat parse(String word) {
    return Arrays.stream(values())
        .filter(format -> format.word.equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "expected one of "
                        + Arrays.stream(values())
                            .map(OutputFormat::toString)
                            .collect(Collectors.joining(", "))
                        + ", not "
                        + word));
  }

  /** Returns the word of the option. */
  @Override
  public String toString() {
    return word;
  }

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
      case annotations -> AnnotationsFormat.create();
      case codeQuality -> CodeQualityFormat.create();
    };
  }
}
