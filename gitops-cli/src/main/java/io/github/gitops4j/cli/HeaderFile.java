package io.github.gitops4j.cli;

import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The headers of a request in a file: a line {@code Name: value} for each, as {@code curl -v} or a
 * log has them, or a JSON object of texts.
 */
final class HeaderFile {
  private static final Pattern REQUEST_LINE = Pattern.compile("[A-Z]+ \\S+( HTTP/[0-9.]+)?");

  private HeaderFile() {}

  static Map<String, List<String>> read(String file) {
    byte[] bytes = FileOperand.bytes(file);
    String text = new String(bytes, StandardCharsets.UTF_8);
    return text.stripLeading().startsWith("{") ? json(file, bytes) : lines(file, text);
  }

  private static Map<String, List<String>> lines(String file, String text) {
    Map<String, List<String>> headers = new TreeMap<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers
            .computeIfAbsent(line.substring(0, colon).strip(), any -> new ArrayList<>())
            .add(line.substring(colon + 1).strip());
      } else if (!line.isBlank() && !(number == 1 && REQUEST_LINE.matcher(line).matches())) {
        throw new InvalidInputException(file, number, 0, "expected a header such as Name: value");
      }
    }
    return headers;
  }

  private static Map<String, List<String>> json(String file, byte[] bytes) {
    Map<String, List<String>> headers = new TreeMap<>();
    if (JsonReader.create().read(file, bytes).root() instanceof Mapping mapping) {
      for (String name : mapping.keys()) {
        if (mapping.get(name).orElse(Null.INSTANCE) instanceof Text text) {
          headers.put(name, List.of(text.value()));
        } else {
          throw new InvalidInputException(file, 0, 0, name + ": expected a text");
        }
      }
    }
    return headers;
  }
}
