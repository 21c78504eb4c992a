package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableBody;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableHead;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Code;
import org.commonmark.node.Document;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * Markdown as a reader of CommonMark and of what GitHub adds understands it. Refuses every node
 * that our reports have not, and every word outside of code that is not ours.
 */
final class MarkdownTree {
  private static final Parser PARSER =
      Parser.builder()
          .extensions(
              List.of(
                  TablesExtension.create(),
                  AutolinkExtension.create(),
                  StrikethroughExtension.create()))
          .build();
  private static final Set<Class<?>> NODES =
      Set.of(
          Document.class,
          Heading.class,
          Paragraph.class,
          TableBlock.class,
          TableHead.class,
          TableBody.class,
          TableRow.class,
          TableCell.class,
          FencedCodeBlock.class,
          HtmlBlock.class,
          HtmlInline.class,
          Code.class,
          Text.class);
  private static final Pattern OURS = Pattern.compile("[A-Za-z0-9 .,:✅📝⚠\ufe0f❌]*");
  private static final Pattern SUMMARY =
      Pattern.compile("<details><summary><code>([^<>`@#\\[\\]!|*_~$]|&#[0-9]+;)*</code></summary>");

  private final List<String> headings = new ArrayList<>();
  private final List<String> paragraphs = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> fences = new ArrayList<>();
  private boolean open;

  private MarkdownTree(String markdown) {
    visit(PARSER.parse(markdown));
    assertThat(open).as("a fold that is not closed").isFalse();
  }

  static MarkdownTree of(String markdown) {
    return new MarkdownTree(markdown);
  }

  List<String> headings() {
    return headings;
  }

  List<String> paragraphs() {
    return paragraphs;
  }

  /** Returns the cells of all rows, without those of our headers. */
  List<List<String>> rows() {
    return rows;
  }

  List<String> fences() {
    return fences;
  }

  private void visit(Node node) {
    assertThat(NODES).as("%s", node).contains(node.getClass());
    if (node instanceof Heading heading) {
      assertThat(heading.getLevel()).isEqualTo(3);
      headings.add(text(heading));
    } else if (node instanceof Paragraph) {
      paragraphs.add(text(node));
    } else if (node instanceof TableHead) {
      assertThat(cells(node.getFirstChild())).containsExactly("", "resource", "what");
    } else if (node instanceof TableRow) {
      rows.add(cells(node));
    } else if (node instanceof FencedCodeBlock fence) {
      assertThat(open).as("a fence outside of a fold").isTrue();
      assertThat(fence.getInfo()).isEqualTo("diff");
      assertThat(fence.getClosingFenceLength()).isNotNull();
      fences.add(fence.getLiteral());
    } else if (node instanceof HtmlBlock html) {
      fold(html.getLiteral());
    } else {
      children(node).forEach(this::visit);
    }
  }

  private void fold(String html) {
    if (open) {
      assertThat(html).isEqualTo("</details>");
    } else {
      assertThat(html).matches(SUMMARY);
    }
    open = !open;
  }

  private static List<String> cells(Node row) {
    List<String> cells = new ArrayList<>();
    children(row).forEach(cell -> cells.add(text(cell)));
    assertThat(cells).hasSize(3);
    return cells;
  }

  /** Returns what is read in a place; only what is in code may be of somebody else. */
  private static String text(Node place) {
    StringBuilder out = new StringBuilder();
    boolean code = false;
    for (Node node : children(place)) {
      assertThat(NODES).as("%s", node).contains(node.getClass());
      if (node instanceof HtmlInline html) {
        assertThat(html.getLiteral()).isEqualTo(code ? "</code>" : "<code>");
        code = !code;
      } else if (node instanceof Code span) {
        assertThat(code).isFalse();
        out.append(span.getLiteral());
      } else if (node instanceof Text text) {
        assertThat(text.getLiteral()).matches(code ? Pattern.compile("[`|]+") : OURS);
        out.append(text.getLiteral());
      }
    }
    assertThat(code).isFalse();
    return out.toString();
  }

  private static List<Node> children(Node node) {
    List<Node> children = new ArrayList<>();
    for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
      children.add(child);
    }
    return children;
  }
}
