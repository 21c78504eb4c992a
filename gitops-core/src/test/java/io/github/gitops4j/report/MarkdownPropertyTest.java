package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.InputWarning;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Whatever is in them, reports in Markdown are what we mean, for a real reader of Markdown. */
final class MarkdownPropertyTest {
  private static final Pattern MORE = Pattern.compile("and ([0-9]+) more");

  @Provide
  Arbitrary<List<String>> texts() {
    return HostileText.many();
  }

  @Provide
  Arbitrary<String> text() {
    return HostileText.any();
  }

  @Provide
  Arbitrary<Integer> budget() {
    return Arbitraries.frequencyOf(
        Tuple.of(3, Arbitraries.integers().between(500, 3_000)),
        Tuple.of(2, Arbitraries.integers().between(500, 70_000)));
  }

  @Property(tries = 40, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void allThatIsSaidIsReadInItsPlaceAndNothingElse(@ForAll("texts") List<String> texts) {
    List<ReportItem> items = HostileItems.of(texts);
    String markdown = MarkdownFormat.create().render(items);
    MarkdownTree tree = MarkdownTree.of(markdown);

    assertThat(tree.headings()).containsExactlyElementsOf(items.stream().map(this::head).toList());
    assertThat(tree.rows()).containsExactlyElementsOf(items.stream().flatMap(this::rows).toList());
    assertThat(tree.fences())
        .containsExactlyElementsOf(items.stream().flatMap(this::fences).toList());
    assertThat(markdown.lines().filter(line -> line.startsWith("|")))
        .allMatch(line -> line.chars().filter(c -> c == '|').count() == 4);
  }

  private String head(ReportItem item) {
    return item.application().isEmpty()
        ? Items.type(item)
        : Items.type(item) + " of " + MarkdownText.shortened(item.application());
  }

  private Stream<List<String>> rows(ReportItem item) {
    return worstFirst(item)
        .map(
            finding ->
                List.of(
                    sign(finding),
                    MarkdownText.shortened(finding.subject()),
                    MarkdownText.shortened(finding.message())));
  }

  private static String sign(Finding finding) {
    return switch (finding.level()) {
      case PASS -> "✅";
      case NOTE -> "📝";
      case WARNING -> "⚠️";
      case ERROR -> "❌";
    };
  }

  private static Stream<Finding> worstFirst(ReportItem item) {
    return Findings.of(item).stream().sorted(Comparator.comparing(Finding::level).reversed());
  }

  private Stream<String> fences(ReportItem item) {
    return worstFirst(item)
        .filter(finding -> !finding.changes().isEmpty())
        .map(MarkdownPropertyTest::fields);
  }

  private static String fields(Finding finding) {
    StringBuilder out = new StringBuilder();
    for (FieldChange change : finding.changes()) {
      String path = MarkdownText.shortened(change.path().toString());
      if (!(change.before() instanceof FieldValue.Absent)) {
        out.append("- ").append(path).append(": ");
        out.append(PlanText.value(change.before(), 400)).append('\n');
      }
      if (!(change.after() instanceof FieldValue.Absent)) {
        out.append("+ ").append(path).append(": ");
        out.append(PlanText.value(change.after(), 400)).append('\n');
      }
    }
    return out.toString();
  }

  /** What other readers do before or after a reader of Markdown, by the line. */
  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void noLineIsOfSomebodyElse(@ForAll("texts") List<String> texts) {
    String markdown = MarkdownFormat.create().render(HostileItems.of(texts));

    assertThat(markdown.lines())
        .allMatch(
            line ->
                line.isEmpty()
                    || line.matches("(### |Target |\\| |[|]---|[`]{3,}|[-+] |</?details>|and ).*")
                    || line.equals("Nothing to report.")
                    || line.startsWith("`"));
    assertThat(markdown.codePoints().filter(c -> c != '\n').noneMatch(Printable::isHidden))
        .isTrue();
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aSpanIsItsTextAndMakesNothing(@ForAll("text") String text) {
    MarkdownTree tree =
        MarkdownTree.of("### x\n\na " + MarkdownText.span(text) + " b " + MarkdownText.span(text));

    String shown = MarkdownText.shortened(text);
    assertThat(tree.paragraphs()).containsExactly("a " + shown + " b " + shown);
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void anyBudgetIsKeptAndWhatIsLeftOutIsCounted(
      @ForAll("texts") List<String> texts, @ForAll("budget") int budget) {
    List<ReportItem> items = HostileItems.of(texts);
    String markdown = MarkdownFormat.create().withBudget(budget).render(items);
    MarkdownTree tree = MarkdownTree.of(markdown);

    assertThat(markdown.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(budget);
    int applications = items.size() - tree.headings().size();
    assertThat(more(" more applications", tree)).isEqualTo(applications);
    List<ReportItem> shown =
        items.stream().filter(item -> tree.headings().contains(head(item))).toList();
    if (shown.size() == tree.headings().size()) {
      assertThat(tree.rows().size() + more(" more", tree))
          .isEqualTo((int) shown.stream().flatMap(this::rows).count());
      assertThat(tree.fences().size() + more(" more with fields that change", tree))
          .isEqualTo((int) shown.stream().flatMap(this::fences).count());
    }
  }

  private static int more(String what, MarkdownTree tree) {
    int count = 0;
    for (String paragraph : tree.paragraphs()) {
      Matcher matcher = MORE.matcher(paragraph);
      if (paragraph.endsWith(what) && matcher.lookingAt()) {
        count += Integer.parseInt(matcher.group(1));
      }
    }
    return count;
  }

  @Test
  void theWorstStaysWhereThereIsLittleRoom() {
    List<ReportItem> items = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      items.add(warnings("good-" + i, 3));
    }
    items.add(new ReportItem.OfFailure("bad", Failure.of(FailureCategory.UNAVAILABLE, "the host")));

    for (int budget = 500; budget < 5_000; budget += 53) {
      MarkdownTree tree = MarkdownTree.of(MarkdownFormat.create().withBudget(budget).render(items));
      assertThat(tree.headings()).as("%s", budget).contains("failure of bad");
      assertThat(tree.rows().get(tree.rows().size() - 1)).contains("the host");
    }
  }

  @Test
  void aNameWithoutEndHidesNoneOfTheOthers() {
    String endless = "\u001b`|".repeat(30_000);
    ReportItem failure =
        new ReportItem.OfFailure(endless, Failure.of(FailureCategory.INTERNAL, endless));
    MarkdownTree tree =
        MarkdownTree.of(
            MarkdownFormat.create()
                .withBudget(MarkdownFormat.GITHUB_COMMENT)
                .render(List.of(failure, warnings("shop", 100))));

    assertThat(tree.rows()).hasSize(101);
  }

  private static ReportItem warnings(String application, int count) {
    List<InputWarning> warnings =
        IntStream.range(0, count)
            .mapToObj(i -> new InputWarning(new Origin("f" + i, 0, 1), "doubtful"))
            .toList();
    ReportItem item = new ReportItem.OfInputs(application, 1, List.of(), warnings, List.of());
    assertThat(Findings.of(item)).allMatch(finding -> finding.level() == Level.WARNING);
    return item;
  }
}
