package io.github.gitops4j.report;

import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.report.Finding.Rule;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Reports as JUnit XML: an application is a suite, a resource a case. A difference or a hold is a
 * failure, what could not be done or understood is an error. No two cases have one name, as GitLab
 * takes only the first of them.
 *
 * <p>Immutable.
 *
 * @since 0.1.0
 */
public final class JUnitFormat implements ReportFormat {
  private JUnitFormat() {}

  /** Returns the format. */
  public static JUnitFormat create() {
    return new JUnitFormat();
  }

  @Override
  public String render(List<ReportItem> items) {
    StringWriter out = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      new Suites(xml).write(items);
      xml.close();
    } catch (XMLStreamException e) {
      throw new AssertionError("writing to memory does not fail", e);
    }
    return out.toString();
  }

  /** Advice fails no job. */
  private static boolean passes(Finding finding) {
    return finding.level() == Level.PASS || finding.rule() == Rule.AMBIGUOUS_INPUT;
  }

  /** A document in the making. Confined to one call. */
  private static final class Suites {
    private final XMLStreamWriter xml;
    private final Map<String, Integer> names = new HashMap<>();

    Suites(XMLStreamWriter xml) {
      this.xml = xml;
    }

    void write(List<ReportItem> items) throws XMLStreamException {
      xml.writeStartDocument("UTF-8", "1.0");
      line(0);
      xml.writeStartElement("testsuites");
      for (ReportItem item : items) {
        suite(item);
      }
      line(0);
      xml.writeEndElement();
      line(0);
      xml.writeEndDocument();
    }

    private void suite(ReportItem item) throws XMLStreamException {
      List<Finding> findings = Findings.of(item);
      long errors = findings.stream().filter(finding -> finding.level() == Level.ERROR).count();
      long passed = findings.stream().filter(JUnitFormat::passes).count();
      line(1);
      xml.writeStartElement("testsuite");
      xml.writeAttribute("name", Items.name(item));
      xml.writeAttribute("tests", Integer.toString(Math.max(1, findings.size())));
      xml.writeAttribute("failures", Long.toString(findings.size() - errors - passed));
      xml.writeAttribute("errors", Long.toString(errors));
      xml.writeAttribute("skipped", "0");
      if (findings.isEmpty()) {
        // A suite without cases counts as a mistake in most readers.
        startCase(item, "nothing to report");
        xml.writeEndElement();
      }
      for (Finding finding : findings) {
        testCase(item, finding);
      }
      line(1);
      xml.writeEndElement();
    }

    private void testCase(ReportItem item, Finding finding) throws XMLStreamException {
      startCase(item, finding.rule().id() + " " + finding.subject());
      if (finding.rule() == Rule.AMBIGUOUS_INPUT) {
        line(3);
        xml.writeStartElement("system-out");
        xml.writeCharacters(Printable.of(finding.text()));
        xml.writeEndElement();
        line(2);
      } else if (!passes(finding)) {
        line(3);
        xml.writeStartElement(finding.level() == Level.ERROR ? "error" : "failure");
        xml.writeAttribute("type", finding.rule().id());
        xml.writeAttribute("message", Printable.of(finding.text()));
        xml.writeEndElement();
        line(2);
      }
      xml.writeEndElement();
    }

    private void startCase(ReportItem item, String name) throws XMLStreamException {
      line(2);
      xml.writeStartElement("testcase");
      xml.writeAttribute("classname", Items.name(item));
      xml.writeAttribute("name", unique(Items.name(item), Printable.of(name)));
    }

    /** Numbers a name that is there already, unless somebody has chosen just that name too. */
    private String unique(String suite, String name) {
      String given = name;
      while (names.putIfAbsent(suite + "\n" + given, 1) != null) {
        given = name + " (" + names.merge(suite + "\n" + name, 1, Integer::sum) + ")";
      }
      return given;
    }

    private void line(int depth) throws XMLStreamException {
      xml.writeCharacters("\n" + "  ".repeat(depth));
    }
  }
}
