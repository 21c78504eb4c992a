package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.diff.Masking;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class FormatsTest {
  /** Each one that there is. */
  static final List<ReportFormat> FORMATS =
      List.of(
          TextRenderer.plain(),
          JsonFormat.create(),
          MarkdownFormat.create(),
          JUnitFormat.create(),
          SarifFormat.create(),
          AnnotationsFormat.create(),
          CodeQualityFormat.create());

  private static final List<ReportItem> ALL = List.copyOf(Samples.all().values());

  @Test
  void everySortOfItemHasASample() {
    List<String> seen = ALL.stream().map(item -> item.getClass().getName()).toList();

    for (Class<?> sort : ReportItem.class.getPermittedSubclasses()) {
      assertThat(seen).contains(sort.getName());
    }
  }

  @Test
  void jsonIsReadBackWithItsFormat() {
    Document json = json(JsonFormat.create().render(ALL));

    assertThat(json.at(FieldPath.parse("/format"))).contains(Text.of("gitops4j.report/1"));
  }

  @Test
  void sarifIsJsonOfItsVersion() {
    Document json = json(SarifFormat.create().render(ALL));

    assertThat(json.at(FieldPath.parse("/version"))).contains(Text.of("2.1.0"));
  }

  @Test
  void theCountsOfJUnitAreThoseOfItsCases() throws Exception {
    String xml = JUnitFormat.create().render(ALL);
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();

    assertThat(sum(root, "tests")).isEqualTo(root.getElementsByTagName("testcase").getLength());
    assertThat(sum(root, "failures")).isEqualTo(root.getElementsByTagName("failure").getLength());
    assertThat(sum(root, "errors")).isEqualTo(root.getElementsByTagName("error").getLength());
  }

  @Test
  void markdownCountsTheRowsThatItCuts() {
    String cut = MarkdownFormat.withLimit(2).render(new ReportItem.OfPlan("", Samples.plan()));

    assertThat(cut).contains("\nand 9 more\n");
  }

  @Property(tries = 100)
  void markdownKeepsToItsBudgetAndCountsWhatItLeavesOut(
      @ForAll @IntRange(min = 500, max = 20_000) int budget) {
    String all = MarkdownFormat.create().render(ALL);
    String cut = MarkdownFormat.create().withBudget(budget).render(ALL);

    assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(budget);
    if (budget < all.length()) {
      assertThat(cut).containsPattern("and [0-9]+ more");
    }
    assertThat(cut.lines().filter(line -> line.startsWith("<details>")).count())
        .isEqualTo(cut.lines().filter("</details>"::equals).count());
    assertThat(cut.lines().filter(line -> line.startsWith("```")).count() % 2).isZero();
  }

  @Property(tries = 300)
  void noValueEndsItsFence(@ForAll @CharRange(from = '`', to = 'a') String value) {
    FieldChange change =
        new FieldChange(
            FieldPath.parse("/a"),
            FieldValue.Absent.INSTANCE,
            new FieldValue.Shown(Text.of(value + "\n```\n</details>@all")));
    Difference difference =
        new Difference(ResourceKey.file("x"), new Drift.Changed(List.of(change)));
    String markdown =
        MarkdownFormat.create().render(new ReportItem.OfDiff("", List.of(difference)));

    List<String> lines = markdown.lines().toList();
    int begin =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).endsWith("`diff"))
            .findFirst()
            .orElseThrow();
    String fence = lines.get(begin).substring(0, lines.get(begin).indexOf('d'));
    assertThat(lines.get(begin + 1)).startsWith("+ /a: ").doesNotContain(fence);
    assertThat(lines.get(begin + 2)).isEqualTo(fence);
    assertThat(lines.subList(begin + 3, lines.size())).containsExactly("", "</details>");
  }

  @Test
  void aValueIsCutBetweenCharacters() {
    FieldValue value = new FieldValue.Shown(Text.of("a" + "\ud83d\ude00".repeat(100)));

    assertThat(PlanText.value(value, 60)).isEqualTo("\"a" + "\ud83d\ude00".repeat(58) + "...");
  }

  /** What a runner of GitHub does with a line of this form is decided by its first characters. */
  @Test
  void eachAnnotationIsOneCommandAndTheWorstComeFirst() {
    String text = AnnotationsFormat.create().render(ALL);

    assertThat(text.lines())
        .allMatch(line -> line.matches("::(error|warning)( [a-z]+=[^:]*)?::.*"));
    List<String> commands = text.lines().map(line -> line.substring(0, 7)).toList();
    assertThat(commands.stream().filter("::error"::equals).count()).isEqualTo(10);
    assertThat(commands.stream().filter("::warni"::equals).count()).isLessThanOrEqualTo(10);
    assertThat(commands).isSorted();
    assertThat(text).containsPattern("::error::and [0-9]+ more of this sort");
  }

  @Test
  void anAnnotationHasItsPlaceInTheRepository() {
    ReportItem item =
        new ReportItem.InDirectory(
            new ReportItem.OfInputs(
                "",
                0,
                List.of(
                    new BrokenInput(
                        new Origin("a,b:c%.yaml", 0, 3),
                        Failure.of(FailureCategory.INVALID_INPUT, "bad\n::add-mask::x"))),
                List.of(),
                List.of()),
            "envs/prod");

    assertThat(AnnotationsFormat.create().render(item))
        .isEqualTo(
            "::error file=envs/prod/a%2Cb%3Ac%25.yaml,line=3,title=broken-input::"
                + "a,b:c%25.yaml:3: bad\\u000a::add-mask::x\n");
  }

  @Test
  void noFormatShowsASecret() {
    FieldChange change =
        DocumentDiffer.builder()
            .masking(Masking.withoutDigest(List.of(FieldPath.parse("/data"))))
            .build()
            .diff(secret("b3BlbiBzZXNhbWU="), secret("open sesame"))
            .get(0);
    Difference difference =
        new Difference(
            ResourceKey.of("", "Secret", "shop", "s"), new Drift.Changed(List.of(change)));
    ReportItem item = new ReportItem.OfDiff("", List.of(difference));

    for (ReportFormat format : FORMATS) {
      assertThat(format.render(item)).doesNotContain("sesame").doesNotContain("b3Blbi");
    }
  }

  @Test
  void totalsCountWhatIsPlannedAndWhatWasDone() {
    Totals plan = Totals.of(List.of(new ReportItem.OfPlan("shop", Samples.plan())));
    assertThat(plan.values())
        .containsEntry("has_changes", "true")
        .containsEntry("applications", "1")
        .containsEntry("creates", "1")
        .containsEntry("updates", "2")
        .containsEntry("deletes", "2")
        .containsEntry("held", "1")
        .containsEntry("plan_digest", Samples.plan().digest().hex());
    Totals all = Totals.of(ALL);
    assertThat(all.applications()).isEqualTo(ALL.size());
    assertThat(all.planDigest()).isEmpty();
    assertThat(all.values().values()).allMatch(value -> value.matches("[a-z0-9]+"));
    assertThat(Totals.of(List.of()).hasChanges()).isFalse();
  }

  private static Document secret(String value) {
    return json("{\"data\": {\"key\": \"" + value + "\"}}");
  }

  private static int sum(Element root, String attribute) {
    var suites = root.getElementsByTagName("testsuite");
    return IntStream.range(0, suites.getLength())
        .map(i -> Integer.parseInt(((Element) suites.item(i)).getAttribute(attribute)))
        .sum();
  }

  private static Document json(String text) {
    return JsonReader.create().read("test.json", text.getBytes(StandardCharsets.UTF_8));
  }
}
