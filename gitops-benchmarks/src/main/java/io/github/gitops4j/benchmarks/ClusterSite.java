package io.github.gitops4j.benchmarks;

import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.PlaneAnswer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A control plane with the namespaces of the corpus, and files beside it. */
final class ClusterSite implements AutoCloseable {
  private final ControlPlane plane;
  private final Path directory;

  private ClusterSite(ControlPlane plane, Path directory) {
    this.plane = plane;
    this.directory = directory;
  }

  /** Starts a fresh one. */
  static ClusterSite start() throws IOException {
    ClusterSite site =
        new ClusterSite(ControlPlane.start(), Files.createTempDirectory("gitops-cluster"));
    for (int number = 0; number < ClusterCorpus.NAMESPACES; number++) {
      String name = ClusterCorpus.namespace(number);
      succeed(
          site.plane
              .client()
              .post(
                  "/api/v1/namespaces",
                  "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                      + name
                      + "\"}}"));
    }
    return site;
  }

  ControlPlane plane() {
    return plane;
  }

  /** Gives the content of the kubeconfig. */
  String kubeconfig() throws IOException {
    return Files.readString(plane.kubeconfig());
  }

  /** Writes objects into one file. */
  Path file(String name, List<ClusterCorpus.Member> members) throws IOException {
    return Files.writeString(directory.resolve(name), ClusterCorpus.file(members));
  }

  Path directory() {
    return directory;
  }

  static PlaneAnswer succeed(PlaneAnswer answer) throws IOException {
    if (!answer.isSuccess()) {
      throw new IOException("the API server answered " + answer.status() + " " + answer.body());
    }
    return answer;
  }

  @Override
  public void close() throws IOException {
    plane.close();
    Command.run("rm", "-rf", directory.toString());
  }
}
