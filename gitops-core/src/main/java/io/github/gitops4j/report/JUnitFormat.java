package io.github.gitops4j.report;

import io.github.gitops4j.report.Finding.Level;
import io.github.gitops4j.report.Finding.Rule;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Reports as JUnit XML: an application is a suite, a resource a case. A difference or a hold is a
 * failure, what could not be done or understood is an error.
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
      xml.writeStartDocument("UTF-8", "1.0");
      line(xml, 0);
      xml.writeStartElement("testsuites");
      for (ReportItem item : items) {
        suite(item, xml);
      }
      line(xml, 0);
      xml.writeEndElement();
      line(xml, 0);
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new AssertionError("writing to memory does not fail", e);
    }
    return out.toString();
  }

  private static void suite(ReportItem item, XMLStreamWriter xml) throws XMLStreamException {
    List<Finding> findings = Findings.of(item);
    long errors = findings.stream().filter(finding -> finding.level() == Level.ERROR).count();
    long passed = findings.stream().filter(JUnitFormat::passes).count();
    line(xml, 1);
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", Items.name(item));
    xml.writeAttribute("tests", Integer.toString(Math.max(1, findings.size())));
    xml.writeAttribute("failures", Long.toString(findings.size() - errors - passed));
    xml.writeAttribute("errors", Long.toString(errors));
    xml.writeAttribute("skipped", "0");
    if (findings.isEmpty()) {
      // A suite without cases counts as a mistake in most readers.
      startCase(item, "nothing to report", xml);
      xml.writeEndElement();
    }
    for (Finding finding : findings) {
      testCase(item, finding, xml);
    }
    line(xml, 1);
    xml.writeEndElement();
  }

  /** Advice fails no job. */
  private static boolean passes(Finding finding) {
    return finding.level() == Level.PASS || finding.rule() == Rule.AMBIGUOUS_INPUT;
  }

  private static void testCase(ReportItem item, Finding finding, XMLStreamWriter xml)
      throws XMLStreamException {
    startCase(item, finding.rule().id() + " " + finding.subject(), xml);
    if (finding.rule() == Rule.AMBIGUOUS_INPUT) {
      line(xml, 3);
      xml.writeStartElement("system-out");
      xml.writeCharacters(Printable.of(finding.text()));
      xml.writeEndElement();
      line(xml, 2);
    } else if (!passes(finding)) {
      line(xml, 3);
      xml.writeStartElement(finding.level() == Level.ERROR ? "error" : "failure");
      xml.writeAttribute("type", finding.rule().id());
      xml.writeAttribute("message", Printable.of(finding.text()));
      xml.writeEndElement();
      line(xml, 2);
    }
    xml.writeEndElement();
  }

  private static void startCase(ReportItem item, String name, XMLStreamWriter xml)
      throws XMLStreamException {
    line(xml, 2);
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", Items.name(item));
    xml.writeAttribute("name", Printable.of(name));
  }

  private static void line(XMLStreamWriter xml, int depth) throws XMLStreamException {
    xml.writeCharacters("\n" + "  ".repeat(depth));
  }
}
