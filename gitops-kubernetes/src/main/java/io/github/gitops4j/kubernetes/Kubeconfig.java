package io.github.gitops4j.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.DocumentLimits;
import io.github.gitops4j.source.DocumentPart;
import io.github.gitops4j.source.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opens clients by a kubeconfig file that is named; nothing else of the machine is looked at.
 *
 * @param file the file
 * @param context which of its contexts; nothing for its current one
 * @param programs whether those that it names may run
 */
record Kubeconfig(Path file, Optional<String> context, Programs programs) {
  /** What makes a client run a program to get credentials. */
  private static final Set<String> PROGRAMS = Set.of("exec", "auth-provider");

  /** Whether programs that a kubeconfig names may run. */
  enum Programs {
    /** A file with a user who needs one is refused. */
    REFUSED,
    /** They run, with the rights of this process. */
    ALLOWED
  }

  /**
   * Opens a client; it has asked nothing yet.
   *
   * @throws LiveStateException if the file cannot be read or is refused
   */
  KubernetesClient open() {
    Document content = content();
    if (programs == Programs.REFUSED && runsPrograms(content)) {
      throw new LiveStateException(
          FailureCategory.FORBIDDEN,
          file + ": opening failed: it names a program to run; allowExec permits it");
    }
    String json = new String(chosen(content).canonicalJson(), StandardCharsets.UTF_8);
    Config config = Config.fromKubeconfig(json, file.toFile());
    // The API server ends an HTTP/2 connection after a 401, and Java 17 then loses the answer.
    config.setHttp2Disable(true);
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /**
   * Returns the content of the file.
   *
   * @throws LiveStateException if the file cannot be read
   */
  Document content() {
    try (InputStream in = Files.newInputStream(file)) {
      List<DocumentPart> parts =
          YamlReader.create().read(file.toString(), DocumentLimits.defaults().read(in));
      if (parts.size() == 1) {
        return parts.get(0).document();
      }
      throw new LiveStateException(
          FailureCategory.INVALID_INPUT, file + ": opening failed: it is no kubeconfig");
    } catch (IOException e) {
      throw new LiveStateException(
          FailureCategory.NOT_FOUND,
          file + ": reading the kubeconfig failed: " + Failure.reasonOf(e),
          e);
    } catch (InvalidInputException e) {
      throw new LiveStateException(e.failure());
    }
  }

  /** Returns the content with the context that was asked for as the current one. */
  private Document chosen(Document content) {
    if (context.isEmpty()) {
      return content;
    }
    if (!(content.root() instanceof Mapping root) || !hasContext(root, context.get())) {
      throw new LiveStateException(
          FailureCategory.NOT_FOUND,
          file + ": opening failed: there is no context " + context.get());
    }
    return Document.of(root.toBuilder().set("current-context", Text.of(context.get())).build());
  }

  private static boolean hasContext(Mapping root, String name) {
    if (root.get("contexts").orElse(null) instanceof Sequence contexts) {
      for (int i = 0; i < contexts.size(); i++) {
        if (contexts.get(i) instanceof Mapping entry
            && entry.get("name").equals(Optional.of(Text.of(name)))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean runsPrograms(Document document) {
    if (!(document.root() instanceof Mapping root)
        || !(root.get("users").orElse(null) instanceof Sequence users)) {
      return false;
    }
    for (int i = 0; i < users.size(); i++) {
      if (users.get(i) instanceof Mapping named
          && named.get("user").orElse(null) instanceof Mapping user
          && PROGRAMS.stream().anyMatch(program -> user.get(program).isPresent())) {
        return true;
      }
    }
    return false;
  }
}
