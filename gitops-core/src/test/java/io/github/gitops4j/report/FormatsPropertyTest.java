package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.InputFinding.Rule;
import io.github.gitops4j.source.InputFinding.Severity;
import io.github.gitops4j.source.InputWarning;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Whatever is in them, reports are what their readers take, within the limits of these. */
final class FormatsPropertyTest {
  @Provide
  Arbitrary<List<String>> texts() {
    return HostileText.many();
  }

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void everyFormatIsTextInWhichAllIsSeen(@ForAll("texts") List<String> texts)
      throws CharacterCodingException {
    for (ReportFormat format : FormatsTest.FORMATS) {
      String text = format.render(HostileItems.of(texts));

      assertThat(text.codePoints().filter(c -> c != '\n').noneMatch(Printable::isHidden)).isTrue();
      assertThat(text).endsWith("\n");
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      assertThat(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString()).isEqualTo(text);
    }
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void jsonIsReadByAStrictReader(@ForAll("texts") List<String> texts) {
    List<ReportItem> items = HostileItems.of(texts);
    JsonNode json = ReportSchemas.json(JsonFormat.create().render(items));

    assertThat(json.path("items")).hasSameSizeAs(items);
    assertThat(json.at("/items/0/application").asText()).isEqualTo(items.get(0).application());
  }

  @Property(tries = 15, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void sarifIsWhatItsSchemaAndGithubTake(@ForAll("texts") List<String> texts) {
    assertTaken(HostileItems.of(texts));
  }

  @Test
  void sarifOfEverySampleIsWhatItsSchemaAndGithubTake() {
    Samples.all().values().forEach(item -> assertTaken(List.of(item)));
    assertTaken(List.of());
    JsonNode wrong = ReportSchemas.json(SarifFormat.create().render(List.of()));
    ((ObjectNode) wrong.at("/runs/0")).put("result", 1);
    assertThat(ReportSchemas.problems(wrong)).isNotEmpty();
  }

  private static void assertTaken(List<ReportItem> items) {
    JsonNode sarif = ReportSchemas.json(SarifFormat.create().render(items));

    assertThat(ReportSchemas.problems(sarif)).isEmpty();
    assertThat(sarif.path("runs")).hasSize(1);
    JsonNode rules = sarif.at("/runs/0/tool/driver/rules");
    for (JsonNode result : sarif.at("/runs/0/results")) {
      assertThat(result.path("level").asText()).isIn("note", "warning", "error");
      assertThat(rules.path(result.path("ruleIndex").asInt()).path("id"))
          .isEqualTo(result.path("ruleId"));
      assertThat(result.at("/partialFingerprints/finding~1v1").asText()).matches("[0-9a-f]{64}");
      assertThat(result.path("locations")).hasSize(1);
      JsonNode place = result.at("/locations/0/physicalLocation");
      assertThat(place.at("/region/startLine").asInt()).isPositive();
      URI uri = URI.create(place.at("/artifactLocation/uri").asText());
      assertThat(uri.isAbsolute()).isFalse();
      assertThat(uri.getRawAuthority()).isNull();
      assertThat(uri.getRawPath()).isEqualTo(uri.toString()).doesNotStartWith("/");
      assertThat(result.at("/message/text").asText()).isNotEmpty().doesNotContain("](");
    }
    List<Finding> findings =
        items.stream()
            .flatMap(item -> Findings.of(item).stream())
            .filter(finding -> finding.level() != Level.PASS)
            .toList();
    List<String> files =
        findings.stream().flatMap(finding -> finding.origin().stream()).map(Origin::file).toList();
    assertThat(
            sarif.at("/runs/0/results").findValuesAsText("uri").stream()
                .map(FormatsPropertyTest::decoded))
        .containsExactlyElementsOf(files.stream().map(FormatsPropertyTest::carried).toList());
    assertThat(sarif.at("/runs/0/invocations/0/toolExecutionNotifications"))
        .hasSize(findings.size() - files.size());
  }

  private static String decoded(String uri) {
    return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** UTF-8 carries no half of a surrogate pair. */
  private static String carried(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  @Test
  void sarifHasNoMoreResultsThanGithubTakesAndTheWorstOfThem() {
    List<InputWarning> warnings =
        IntStream.range(0, 25_001)
            .mapToObj(i -> new InputWarning(new Origin("f", 0, i), "doubtful"))
            .toList();
    InputFinding error =
        new InputFinding(
            Rule.CHECK, Severity.ERROR, new Origin("z", 0, 1), FieldPath.root(), "wrong");
    JsonNode sarif =
        ReportSchemas.json(
            SarifFormat.create()
                .render(new ReportItem.OfInputs("", 1, List.of(), warnings, List.of(error))));

    assertThat(sarif.at("/runs/0/results")).hasSize(25_000);
    assertThat(sarif.at("/runs/0/results/0/level").asText()).isEqualTo("error");
    assertThat(sarif.at("/runs/0/invocations/0/toolExecutionNotifications/0/message/text").asText())
        .isEqualTo("and 2 more results");
  }

  @Property(tries = 20, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void junitIsWhatItsSchemaTakesAndNoTwoCasesHaveOneName(@ForAll("texts") List<String> texts) {
    assertTakenAsXml(HostileItems.of(texts));
  }

  @Test
  void junitOfEverySampleIsWhatItsSchemaTakes() {
    Samples.all().values().forEach(item -> assertTakenAsXml(List.of(item, item)));
    assertTakenAsXml(List.of());
  }

  private static void assertTakenAsXml(List<ReportItem> items) {
    Element root = ReportSchemas.xml(JUnitFormat.create().render(items));

    List<Element> cases = ReportSchemas.elements(root, "testcase");
    Set<String> names = new HashSet<>();
    for (Element one : cases) {
      assertThat(names.add(one.getAttribute("classname") + "\n" + one.getAttribute("name")))
          .isTrue();
    }
    assertThat(cases.size())
        .isEqualTo(items.stream().mapToInt(item -> Math.max(1, Findings.of(item).size())).sum());
    List<String> errors =
        items.stream()
            .flatMap(item -> Findings.of(item).stream())
            .filter(finding -> finding.level() == Level.ERROR)
            .map(finding -> Printable.of(finding.text()))
            .toList();
    assertThat(
            ReportSchemas.elements(root, "error").stream().map(one -> one.getAttribute("message")))
        .containsExactlyElementsOf(errors);
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void annotationsAreCommandsOfOursAndNoMoreThanAreShown(@ForAll("texts") List<String> texts) {
    List<ReportItem> items = HostileItems.of(texts);
    List<RunnerCommand> commands =
        AnnotationsFormat.create().render(items).lines().map(RunnerCommand::read).toList();

    for (Level level : List.of(Level.ERROR, Level.WARNING)) {
      String name = level.name().toLowerCase(Locale.ROOT);
      List<RunnerCommand> ours =
          commands.stream().filter(command -> command.name().equals(name)).toList();
      List<Finding> findings =
          items.stream()
              .flatMap(item -> Findings.of(item).stream())
              .filter(finding -> finding.level() == level)
              .toList();
      assertThat(ours).hasSize(Math.min(10, findings.size()));
      for (int i = 0; i < Math.min(9, findings.size()); i++) {
        assertShown(ours.get(i), findings.get(i));
      }
    }
    assertThat(commands).allMatch(command -> command.name().matches("error|warning"));
  }

  private static void assertShown(RunnerCommand command, Finding finding) {
    String sentence = Printable.of(finding.sentence());
    assertThat(command.data()).hasSizeLessThanOrEqualTo(4_096);
    assertThat(command.data())
        .isEqualTo(sentence.length() <= 4_096 ? sentence : command.data())
        .startsWith(sentence.substring(0, Math.min(4_000, sentence.length())));
    assertThat(command.properties().get("title")).isEqualTo(finding.rule().id());
    assertThat(command.properties().get("file"))
        .isEqualTo(finding.origin().map(at -> Printable.of(at.file())).orElse(null));
  }

  @Test
  void aLongAnnotationIsCutBetweenCharactersAndSaysSo() {
    InputWarning warning = new InputWarning(Origin.file("f"), "\ud83d\ude00%".repeat(3_000));
    String text =
        AnnotationsFormat.create()
            .render(new ReportItem.OfInputs("", 1, List.of(), List.of(warning), List.of()));

    RunnerCommand command = RunnerCommand.read(text.strip());
    assertThat(command.data()).hasSizeBetween(4_095, 4_096).endsWith("...");
    assertThat(command.data().codePoints().noneMatch(Printable::isHidden)).isTrue();
  }

  @Property(tries = 30, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void codeQualityIsWhatGitlabTakes(@ForAll("texts") List<String> texts) {
    List<ReportItem> items = HostileItems.of(texts);
    JsonNode problems = ReportSchemas.json(CodeQualityFormat.create().render(items));

    Set<String> fingerprints = new HashSet<>();
    for (JsonNode problem : problems) {
      assertThat(fingerprints.add(problem.path("fingerprint").asText())).isTrue();
      assertThat(problem.path("description").asText()).isNotEmpty();
      assertThat(problem.path("check_name").asText()).matches("gitops\\.[a-z-]+");
      assertThat(problem.path("severity").asText()).isIn("minor", "major");
      assertThat(problem.at("/location/path").isTextual()).isTrue();
      assertThat(problem.at("/location/lines/begin").asInt()).isPositive();
    }
  }

  @Test
  void theSameProblemInTwoDirectoriesIsTwoAndTwiceInOneIsOne() {
    InputWarning warning = new InputWarning(new Origin("a.yaml", 0, 3), "doubtful");
    ReportItem item =
        new ReportItem.OfInputs("", 1, List.of(), List.of(warning, warning), List.of());
    List<ReportItem> items =
        List.of(
            new ReportItem.InDirectory(item, "envs/test"),
            new ReportItem.InDirectory(item, "envs/prod"));
    JsonNode problems = ReportSchemas.json(CodeQualityFormat.create().render(items));

    assertThat(problems.findValuesAsText("path"))
        .containsExactly("envs/test/a.yaml", "envs/prod/a.yaml");
    assertThat(new HashSet<>(problems.findValuesAsText("fingerprint"))).hasSize(2);
  }
}
