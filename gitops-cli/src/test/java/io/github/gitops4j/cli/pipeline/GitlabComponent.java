package io.github.gitops4j.cli.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A component with its inputs filled in, as GitLab does it: in the text, before that is read.
 *
 * @param header the first document
 * @param jobs the second one
 */
record GitlabComponent(JsonNode header, JsonNode jobs) {
  private static final Pattern INPUT = Pattern.compile("\\$\\[\\[ *inputs\\.([a-z0-9-]+) *]]");

  static GitlabComponent read(Path file, Map<String, String> given) throws IOException {
    String text = Files.readString(file);
    JsonNode header = Yaml.readAll(text).get(0);
    Map<String, String> inputs = new HashMap<>();
    header
        .at("/spec/inputs")
        .properties()
        .forEach(
            input -> {
              JsonNode standard = input.getValue().path("default");
              String value = given.getOrDefault(input.getKey(), standard.asText(null));
              if (value == null) {
                throw new AssertionError("input " + input.getKey() + " is needed");
              }
              inputs.put(input.getKey(), value);
            });
    given.keySet().forEach(name -> check(inputs, name));
    String body = text.substring(text.indexOf("\n---\n") + 5);
    List<JsonNode> documents = Yaml.readAll(filled(body, inputs));
    return new GitlabComponent(header, documents.get(0));
  }

  private static String filled(String text, Map<String, String> inputs) {
    Matcher matcher = INPUT.matcher(text);
    return matcher.replaceAll(match -> Matcher.quoteReplacement(check(inputs, matcher.group(1))));
  }

  private static String check(Map<String, String> inputs, String name) {
    String value = inputs.get(name);
    if (value == null) {
      throw new AssertionError("there is no input " + name);
    }
    return value;
  }

  /** A mapping of texts as one. */
  static Map<String, String> texts(JsonNode mapping) {
    Map<String, String> texts = new LinkedHashMap<>();
    mapping.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  /** A job with what it extends: mappings are merged, the rest gives way. */
  JsonNode job(String name) {
    JsonNode job = jobs.path(name);
    if (job.isMissingNode()) {
      throw new AssertionError("no job " + name);
    }
    JsonNode parent = job.path("extends");
    return parent.isMissingNode() ? job : merged(job(parent.asText()).deepCopy(), job);
  }

  private static JsonNode merged(JsonNode below, JsonNode above) {
    above
        .properties()
        .forEach(
            entry -> {
              JsonNode value = entry.getValue();
              JsonNode other = below.path(entry.getKey());
              boolean both = value.isObject() && other.isObject();
              ((ObjectNode) below).set(entry.getKey(), both ? merged(other, value) : value);
            });
    return below;
  }
}
