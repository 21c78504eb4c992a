package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

final class FormatsTest {
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

  @Property(tries = 300)
  void noTextLeavesItsCellInMarkdown(@ForAll String text) {
    String code = MarkdownFormat.code(text);
    String inside = code.substring("<code>".length(), code.length() - "</code>".length());

    assertThat(inside.replaceAll("&#[0-9]+;", "")).doesNotContainPattern("[&<>|`*_~\\[\\]()#@\\n]");
  }

  @Test
  void markdownCountsTheRowsThatItCuts() {
    String cut = MarkdownFormat.withLimit(2).render(new ReportItem.OfPlan("", Samples.plan()));

    assertThat(cut).endsWith("\nand 9 more\n");
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
