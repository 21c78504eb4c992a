package io.github.gitops4j.benchmarks;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures what a look at many objects costs beside the network: the time to read and digest the
 * pages of lists, and the heap that is held afterwards. The pages are what a real API server gave
 * of objects that we applied; the measurement is a process of its own.
 *
 * <p>Arguments: objects (default 100,000).
 */
public final class ClusterLists {
  private static final int APPLIED = 1000;
  private static final int PAGE = 500;
  private static final List<String> LISTS =
      List.of(
          "/apis/apps/v1/deployments",
          "/api/v1/services",
          "/api/v1/configmaps",
          "/api/v1/secrets",
          "/apis/rbac.authorization.k8s.io/v1/roles");

  private ClusterLists() {}

  /** Runs the measurements. */
  public static void main(String[] arguments) throws IOException {
    String objects = arguments.length > 0 ? arguments[0] : "100000";
    System.out.println(RunRow.head());
    try (ClusterSite site = ClusterSite.start();
        ClusterEngine engine = new ClusterEngine(Files.readString(site.plane().kubeconfig()))) {
      engine.declare(0, ClusterCorpus.members(APPLIED, 0));
      engine.pass(APPLIED);
      Path pages = Files.createDirectory(site.directory().resolve("pages"));
      for (int i = 0; i < LISTS.size(); i++) {
        Files.write(pages.resolve(i + ".json"), page(site, LISTS.get(i)));
      }
      child(PageDigests.class, pages.toString(), objects);
      child(ObjectHeap.class, pages.resolve("2.json").toString(), objects);
    }
  }

  private static void child(Class<?> type, String... arguments) throws IOException {
    if (ChildJvm.show(type.getName(), List.of("-Xmx4g"), List.of(arguments)) != 0) {
      throw new IOException(type.getSimpleName() + " failed");
    }
  }

  /** Gets a list, without what is not of the corpus, repeated until the page is full. */
  private static byte[] page(ClusterSite site, String list) throws IOException {
    PlaneAnswer answer = ClusterSite.succeed(site.plane().client().get(list));
    Document all = JsonReader.create().read(list, answer.body().getBytes(StandardCharsets.UTF_8));
    Sequence items = (Sequence) all.at(FieldPath.parse("/items")).orElseThrow();
    Sequence.Builder ours = Sequence.builder();
    for (int i = 0, taken = 0; taken < PAGE; i++) {
      Document item = Document.of(items.get(i % items.size()));
      if (item.text(FieldPath.parse("/metadata/name")).orElse("").startsWith("app-")) {
        ours.add(item.root());
        taken++;
      }
    }
    return Document.of(
            Mapping.builder()
                .put("kind", Text.of("List"))
                .put("items", ours.build())
                .put("metadata", Mapping.builder().put("resourceVersion", Text.of("1")).build())
                .build())
        .canonicalJson();
  }
}
