package io.github.gitops4j.cli;

import io.github.gitops4j.kubernetes.cel.AdmissionPolicies;
import io.github.gitops4j.kubernetes.cel.CelSchemaRules;
import io.github.gitops4j.kubernetes.schema.KubernetesSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files of schemas and policies: those that are named, and those in the directories that are. */
final class RuleFiles {
  private RuleFiles() {}

  static AdmissionPolicies policies(List<Path> operands) {
    AdmissionPolicies.Builder policies = AdmissionPolicies.builder();
    for (Path operand : operands) {
      files(operand).forEach(file -> policies.add(file, FileOperand.bytes(file)));
    }
    return policies.build();
  }

  static KubernetesSchemas schemas(List<Path> operands) {
    KubernetesSchemas.Builder schemas = KubernetesSchemas.builder().rules(CelSchemaRules.create());
    for (Path operand : operands) {
      files(operand).forEach(file -> schemas.add(file, FileOperand.bytes(file)));
    }
    return schemas.build();
  }

  private static List<String> files(Path operand) {
    if (!Files.isDirectory(operand)) {
      return List.of(operand.toString());
    }
    try (Stream<Path> below = Files.walk(operand)) {
      List<String> files =
          below
              .filter(Files::isRegularFile)
              .filter(FileDocuments::isDocument)
              .map(Path::toString)
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw Problems.wrong(operand.toString(), "no .yaml, .yml or .json file in it");
      }
      return files;
    } catch (IOException | UncheckedIOException e) {
      throw Problems.wrong(operand.toString(), "reading failed: " + Problems.reasonBelow(e));
    }
  }
}
