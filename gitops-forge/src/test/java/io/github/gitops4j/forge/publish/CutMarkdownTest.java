package io.github.gitops4j.forge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.report.MarkdownFormat;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;

/** What is cut is read as it was before, and what is said of the cut is read too. */
final class CutMarkdownTest {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(
              List.of(
                  TablesExtension.create(),
                  AutolinkExtension.create(),
                  StrikethroughExtension.create()))
          .build();
  private static final Pattern NOTE =
      Pattern.compile("Cut here: ([0-9]+) more characters do not fit\\.");
  private static final Pattern DETAILS = Pattern.compile("(?i)<(/?)details\\b");
  private static final List<String> LINES =
      List.of(
          "",
          "text",
          "```",
          "```java",
          "````diff",
          "~~~",
          "~~~~ x",
          "```a```",
          "   ```",
          "    ```",
          "<details>",
          "<details open>",
          "<DETAILS>",
          "<details><summary><code>x</code></summary>",
          "</details>",
          "text <details> text",
          "| a | b |",
          "|---|---|",
          "# title",
          "<!-- a comment",
          "<!-- a comment -->",
          "end -->",
          "a line",
          "*a");

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of(LINES).list().ofMinSize(20).ofMaxSize(60);
  }

  @Provide
  Arbitrary<List<String>> texts() {
    return Arbitraries.of(
            "`",
            "|",
            "\\|",
            "</details>",
            "<!-- gitops:plan -->",
            "@all",
            "#12",
            "\n",
            "```",
            "[x](http://evil.example)",
            "a@evil.example",
            "<script>",
            "*b*",
            "\u202e",
            "name")
        .list()
        .ofMaxSize(4)
        .map(parts -> String.join("", parts))
        .list()
        .ofSize(12);
  }

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void whatIsOpenAtTheCutIsClosed(
      @ForAll("lines") List<String> lines, @ForAll @IntRange(min = 1_001, max = 1_300) int limit) {
    String text = String.join("\n", lines) + "\n" + "end of it\n".repeat(200);
    String cut = CutMarkdown.of(text, limit);

    assertThat(cut.length()).isLessThanOrEqualTo(limit);
    Read read = Read.of(cut);
    assertThat(cut).startsWith(kept(text, read.missing) + "\n");
    assertThat(read.depth).as(cut).isZero();
  }

  @Property(tries = 50, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
  void aReportThatIsCutAnywhereIsWellFormed(
      @ForAll("texts") List<String> texts, @ForAll @IntRange(min = 1_001, max = 9_000) int limit) {
    String text = MarkdownFormat.create().render(items(texts));
    String cut = CutMarkdown.of(text, limit);

    assertThat(cut.length()).isLessThanOrEqualTo(limit);
    Read read = Read.of(cut);
    assertThat(read.depth).isZero();
    assertThat(read.links).isEmpty();
    if (text.length() > limit) {
      assertThat(cut).startsWith(kept(text, read.missing) + "\n");
    }
  }

  /** Returns what is left without so many characters; none may be missing that is not counted. */
  private static String kept(String text, int missing) {
    assertThat(missing).isPositive();
    return text.substring(0, text.offsetByCodePoints(text.length(), -missing));
  }

  private static List<ReportItem> items(List<String> texts) {
    List<ReportItem> items = new ArrayList<>();
    for (String text : texts) {
      List<InputWarning> warnings =
          IntStream.range(0, 5)
              .mapToObj(i -> new InputWarning(new Origin(text, 0, i), text))
              .toList();
      Failure failure = Failure.of(FailureCategory.INVALID_INPUT, text);
      items.add(
          new ReportItem.OfInputs(
              text, 5, List.of(new BrokenInput(Origin.file(text), failure)), warnings, List.of()));
    }
    return items;
  }

  /** A long run of one sign is looked at once. */
  @Test
  void aLineWithoutEndCostsNothing() {
    String text = ("`".repeat(100_000) + "x`\n").repeat(20);

    assertThat(CutMarkdown.of(text, 1_000_000)).contains("Cut here");
  }

  /** What a reader finds. */
  private static final class Read extends AbstractVisitor {
    private final List<String> links = new ArrayList<>();
    private int missing;
    private int depth;

    static Read of(String markdown) {
      Read read = new Read();
      Node document = PARSER.parse(markdown);
      document.accept(read);
      Node last = document.getLastChild();
      if (last instanceof Paragraph && last.getLastChild() instanceof Emphasis note) {
        Matcher matcher = NOTE.matcher(((Text) note.getFirstChild()).getLiteral());
        read.missing = matcher.matches() ? Integer.parseInt(matcher.group(1)) : -1;
      }
      return read;
    }

    @Override
    public void visit(HtmlBlock html) {
      count(html.getLiteral());
    }

    @Override
    public void visit(HtmlInline html) {
      count(html.getLiteral());
    }

    private void count(String html) {
      if (!html.strip().startsWith("<!--")) {
        DETAILS
            .matcher(html)
            .results()
            .forEach(tag -> depth = Math.max(0, depth + (tag.group(1).isEmpty() ? 1 : -1)));
      }
    }

    @Override
    public void visit(Link link) {
      links.add(link.getDestination());
    }

    @Override
    public void visit(Image image) {
      links.add(image.getDestination());
    }
  }
}
