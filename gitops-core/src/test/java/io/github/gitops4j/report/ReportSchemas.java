package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads reports as strict readers do, and holds them against the schemas that are published. */
final class ReportSchemas {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final com.networknt.schema.Schema SARIF = sarif();
  private static final Schema JUNIT = junit();

  private ReportSchemas() {}

  private static com.networknt.schema.Schema sarif() {
    try (InputStream in = open("sarif-2.1.0.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Schema junit() {
    try (InputStream in = open("junit-10.xsd")) {
      return SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
          .newSchema(new StreamSource(in));
    } catch (IOException | SAXException e) {
      throw new AssertionError(e);
    }
  }

  private static InputStream open(String name) {
    return requireNonNull(ReportSchemas.class.getResourceAsStream("/schemas/" + name), name);
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Returns what the schema of OASIS has against a document. */
  static List<String> problems(JsonNode sarif) {
    return SARIF.validate(sarif).stream().map(Error::toString).toList();
  }

  /** Returns the root of a document that Jenkins would take. */
  static Element xml(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      Element root =
          factory
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(text)))
              .getDocumentElement();
      JUNIT.newValidator().validate(new DOMSource(root));
      return root;
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new AssertionError(text, e);
    }
  }

  static List<Element> elements(Element root, String name) {
    List<Element> elements = new ArrayList<>();
    var found = root.getElementsByTagName(name);
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
