package io.github.gitops4j.kubernetes.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.manifest.KubernetesModel;
import io.github.gitops4j.source.CheckedInputs;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.Validation;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Manifests with what is wrong with them: {@code # !} and the finding behind the line. */
final class Corpus {
  static final String MARK = " # ! ";

  private static final CallContext CALL = CallContext.withTimeout(Duration.ofMinutes(1));

  private Corpus() {}

  static byte[] bytes(String name) {
    try (InputStream in = Corpus.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return new String(bytes(name), UTF_8);
  }

  static KubernetesSchemas schemas(String... names) {
    KubernetesSchemas.Builder schemas = KubernetesSchemas.builder();
    for (String name : names) {
      schemas.add(name, bytes(name));
    }
    return schemas.build();
  }

  static CheckedInputs check(KubernetesSchemas schemas, Map<String, String> files) {
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    source.commit("manifests", tree -> files.forEach((name, content) -> tree.put(name, content)));
    return Validation.of(KubernetesModel.of("default"))
        .with(List.of(schemas::check))
        .run(source.fetch(source.latest(CALL), CALL).tree(), CALL);
  }

  /** Returns each finding as {@code LINE /path: message}. */
  static List<String> found(List<InputFinding> findings) {
    return findings.stream()
        .map(
            finding ->
                finding.origin().line()
                    + " "
                    + (finding.path().isRoot() ? "" : finding.path() + ": ")
                    + finding.message())
        .toList();
  }

  /** Returns what the comments of a file say is wrong. */
  static List<String> expected(String text) {
    List<String> expected = new ArrayList<>();
    int line = 0;
    for (String content : text.lines().toList()) {
      line++;
      int mark = content.indexOf(MARK);
      if (mark >= 0) {
        expected.add(line + " " + content.substring(mark + MARK.length()));
      }
    }
    return expected;
  }
}
