package io.github.gitops4j.cli;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.report.MarkdownFormat;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.report.Totals;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file into which a report goes beside the one that is shown.
 *
 * @param form in which form
 * @param file the file, or {@code -} for the standard output
 */
record ReportFile(Form form, String file) {
  private static final int LEAST_SUMMARY = 1_024;

  /** The forms that only files have. */
  private enum Extra implements Form {
    /** Markdown that fits into a comment. */
    comment,
    /** Markdown that is added to the summary of a step of GitHub. */
    summary,
    /** Outputs of a step of GitHub. */
    outputs,
    /** Variables for later jobs of GitLab. */
    dotenv
  }

  /** The other forms, by the words of {@code --output}. */
  private record Output(OutputFormat format) implements Form {
    @Override
    public String toString() {
      return format.toString();
    }
  }

  /** How a file is written. */
  private sealed interface Form permits Extra, Output {}

  /** Reads {@code FORMAT=FILE}. */
  static ReportFile parse(String text) {
    int equals = text.indexOf('=');
    String word = text.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
    return forms()
        .filter(form -> form.toString().equals(word) && equals + 1 < text.length())
        .findFirst()
        .map(form -> new ReportFile(form, text.substring(equals + 1)))
        .orElseThrow(
            () ->
                Problems.wrong(
                    "--report",
                    "expected FORMAT=FILE such as markdown=plan.md, with one of "
                        + forms().map(Form::toString).collect(Collectors.joining(", "))));
  }

  private static Stream<Form> forms() {
    return Stream.concat(
        Arrays.stream(OutputFormat.values()).map(Output::new), Arrays.stream(Extra.values()));
  }

  /** Writes the report. */
  void write(List<ReportItem> items, Exit exit, Gitops options) {
    try {
      if (form instanceof Output output) {
        replace(
            output.format().renderer(options.console(), options.lines()).render(items), options);
      } else if (form == Extra.comment) {
        replace(markdown(options).withBudget(options.commentLimit()).render(items), options);
      } else if (form == Extra.summary) {
        addSummary(items, options);
      } else if (form == Extra.outputs) {
        add(lineEnd() + lines(items, exit, name -> name), options);
      } else {
        replace(lines(items, exit, name -> "GITOPS_" + name.toUpperCase(Locale.ROOT)), options);
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          FailureCategory.UNAVAILABLE,
          file,
          0,
          0,
          "writing the report failed: " + Failure.reasonOf(e));
    }
  }

  private static MarkdownFormat markdown(Gitops options) {
    return MarkdownFormat.withLimit(options.lines());
  }

  /** GitHub takes no summary at all of a step whose file is too long. */
  private void addSummary(List<ReportItem> items, Gitops options) throws IOException {
    Path path = Path.of(file);
    long there = Files.exists(path) ? Files.size(path) : 0;
    long room = MarkdownFormat.GITHUB_STEP_SUMMARY - there - 1;
    if (room >= LEAST_SUMMARY) {
      add("\n" + markdown(options).withBudget((int) room - 1).render(items), options);
    }
  }

  private static String lines(List<ReportItem> items, Exit exit, UnaryOperator<String> name) {
    Map<String, String> values = new LinkedHashMap<>(Totals.of(items).values());
    values.put("exit_code", Integer.toString(exit.code()));
    StringBuilder out = new StringBuilder();
    values.forEach(
        (key, value) -> out.append(name.apply(key)).append('=').append(value).append('\n'));
    return out.toString();
  }

  /** Somebody may have left a line of the file open, and two lines in one would be neither. */
  private String lineEnd() throws IOException {
    Path path = Path.of(file);
    if (!Files.isRegularFile(path) || Files.size(path) == 0) {
      return "";
    }
    try (SeekableByteChannel channel = Files.newByteChannel(path)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(channel.size() - 1).read(last);
      return last.get(0) == '\n' ? "" : "\n";
    }
  }

  private void replace(String text, Gitops options) throws IOException {
    write(text, options, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
  }

  private void add(String text, Gitops options) throws IOException {
    write(text, options, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void write(String text, Gitops options, OpenOption how, OpenOption where)
      throws IOException {
    if (file.equals(FileDocuments.STANDARD_INPUT)) {
      options.console().out().print(text);
      options.console().out().flush();
    } else {
      Files.write(
          Path.of(file),
          text.getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.WRITE,
          how,
          where);
    }
  }
}
