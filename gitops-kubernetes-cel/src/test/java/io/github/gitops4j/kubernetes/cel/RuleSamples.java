package io.github.gitops4j.kubernetes.cel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.manifest.KubernetesModel;
import io.github.gitops4j.kubernetes.schema.KubernetesSchemas;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.Validation;
import io.github.gitops4j.source.YamlReader;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Expressions with what they say of one value, on a server and here. */
final class RuleSamples {
  private static final String MARK = " # ! ";
  private static final CallContext CALL = CallContext.withTimeout(Duration.ofMinutes(5));

  /** What an expression says: true, false or error; later for what is true on servers to come. */
  record Sample(String verdict, String expression) {}

  private RuleSamples() {}

  static List<Sample> all() {
    List<Sample> samples = new ArrayList<>();
    for (String line : text("expressions.txt").lines().toList()) {
      if (!line.startsWith("#")) {
        samples.add(new Sample(line.substring(0, 6).strip(), line.substring(6)));
      }
    }
    return samples;
  }

  /** Returns the value. */
  static Mapping value() {
    return mapping("sample.yaml");
  }

  /** Returns its schema. */
  static Mapping schema() {
    return mapping("sample-schema.yaml");
  }

  /** Returns what the comments of a file say is wrong, each as {@code LINE /path: message}. */
  static List<String> expected(String text) {
    return comments(text, MARK);
  }

  /** Returns what stands behind a mark, each with its line. */
  static List<String> comments(String text, String mark) {
    List<String> comments = new ArrayList<>();
    int line = 0;
    for (String content : text.lines().toList()) {
      line++;
      int at = content.indexOf(mark);
      if (at >= 0) {
        comments.add(line + " " + content.substring(at + mark.length()));
      }
    }
    return comments;
  }

  /** Checks a file of objects. */
  static List<InputFinding> check(KubernetesSchemas schemas, String objects) {
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    source.commit("manifests", tree -> tree.put("a.yaml", objects));
    return Validation.of(KubernetesModel.of("default"))
        .with(List.of(schemas::check))
        .run(source.fetch(source.latest(CALL), CALL).tree(), CALL)
        .findings();
  }

  /** Returns findings as {@code LINE /path: message}; that objects have one name is none. */
  static List<String> shown(List<InputFinding> findings) {
    return findings.stream()
        .filter(finding -> finding.rule() != InputFinding.Rule.DUPLICATE)
        .map(
            finding ->
                finding.origin().line()
                    + " "
                    + (finding.path().isRoot() ? "" : finding.path() + ": ")
                    + finding.message())
        .toList();
  }

  static Mapping mapping(String name) {
    return (Mapping)
        YamlReader.create().read(name, text(name).getBytes(UTF_8)).get(0).document().root();
  }

  static String text(String name) {
    try (InputStream in = RuleSamples.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
