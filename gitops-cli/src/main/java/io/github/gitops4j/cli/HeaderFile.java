package io.github.gitops4j.cli;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.report.JsonText;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The headers of a request in a file: a line {@code Name: value} for each, as {@code curl -v} or a
 * log has them, or a JSON object of texts or lists of them.
 */
final class HeaderFile {
  private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+( HTTP/[0-9.]+)?");
  private static final Pattern SENT_BY_CURL = Pattern.compile("^> ?");
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private HeaderFile() {}

  static Map<String, List<String>> read(String file) {
    byte[] bytes = FileOperand.bytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    return text.stripLeading().startsWith("{") ? json(file, bytes) : lines(file, text);
  }

  private static Map<String, List<String>> lines(String file, String text) {
    Map<String, List<String>> headers = new TreeMap<>();
    int number = 0;
    for (String given : text.lines().toList()) {
      number++;
      String line = SENT_BY_CURL.matcher(given).replaceFirst("");
      int colon = line.indexOf(':');
      if (colon > 0 && !isRequestLine(line)) {
        headers
            .computeIfAbsent(line.substring(0, colon).strip(), any -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      } else if (!line.isBlank() && !isRequestLine(line)) {
        throw new InvalidInputException(file, number, 0, "expected a header such as Name: value");
      }
    }
    return headers;
  }

  /** Knows the first line of a request, and the headers that HTTP/2 has in its place. */
  private static boolean isRequestLine(String line) {
    return line.startsWith(":") || REQUEST_LINE.matcher(line).matches();
  }

  private static Map<String, List<String>> json(String file, byte[] bytes) {
    Map<String, List<String>> headers = new TreeMap<>();
    if (JsonReader.create().read(file, bytes).root() instanceof Mapping mapping) {
      for (String name : mapping.keys()) {
        List<String> values = new ArrayList<>();
        add(file, name, mapping.get(name).orElse(Null.INSTANCE), values);
        headers.put(name, values);
      }
    }
    return headers;
  }

  private static void add(String file, String name, Value value, List<String> values) {
    if (value instanceof Text text) {
      values.add(text.value());
    } else if (value instanceof Numeral number) {
      values.add(JsonText.of(number).strip());
    } else if (value instanceof Sequence sequence) {
      for (int i = 0; i < sequence.size(); i++) {
        add(file, name, sequence.get(i), values);
      }
    } else if (!value.equals(Null.INSTANCE)) {
      throw new InvalidInputException(file, 0, 0, name + ": expected a text or a list of texts");
    }
  }
}
