package io.github.gitops4j.cli;

import io.github.gitops4j.testkit.git.CommitBuilder;
import io.github.gitops4j.testkit.git.FaultyProxy;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.TcpFault;
import io.github.gitops4j.testkit.git.TestCertificate;
import io.github.gitops4j.testkit.git.TestRepository;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A repository, directories and a cluster of many applications, half of each, with the network
 * between them and whoever keeps them right.
 */
final class Estate implements AutoCloseable {
  private static final String FOREIGN = "of-somebody-else.txt";
  private static final Pattern OBJECT =
      Pattern.compile("\"name\":\"(item-[a-z]+)\".*?\"data\":\\{\"value\":\"([^\"]*)\"\\}");

  private final Path directory;
  private final ControlPlane plane;
  private final GitHttpServer server;
  private final FaultyProxy cluster;
  private final TestRepository repository;
  // What is declared: for each application the value of each of its items.
  private final List<SortedMap<String, String>> declared = new ArrayList<>();
  private final List<String> commits = new ArrayList<>();
  private int values;

  private Estate(Path directory, ControlPlane plane) throws IOException {
    this.directory = directory;
    this.plane = plane;
    this.repository = TestRepository.create(directory.resolve("origin.git"));
    TestCertificate certificate = TestCertificate.valid();
    this.server = GitHttpServer.builder().tls(certificate).start();
    this.cluster =
        FaultyProxy.to(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), plane.url().getPort()));
    certificate.writeAuthority(directory.resolve("ca.pem"));
    Files.writeString(
        directory.resolve("kubeconfig"),
        Files.readString(plane.kubeconfig())
            .replaceAll("server: .*", "server: https://127.0.0.1:" + cluster.port()));
  }

  static Estate create(Path directory, ControlPlane plane, int applications) throws IOException {
    Estate estate = new Estate(directory, plane);
    URI url = estate.server.serve("estate", estate.repository);
    CommitBuilder first = estate.repository.commit().message("begin");
    for (int i = 0; i < applications; i++) {
      estate.declared.add(new TreeMap<>());
      estate.put(first, i, "item-base");
      estate.declare(i, url);
    }
    estate.commits.add(first.create());
    return estate;
  }

  private static boolean isOfCluster(int application) {
    return application % 2 == 1;
  }

  private static String name(int application) {
    return (isOfCluster(application) ? "cluster-" : "directory-") + application;
  }

  private Path live(int application) {
    return directory.resolve("live").resolve(name(application));
  }

  private void declare(int application, URI url) throws IOException {
    String name = name(application);
    String target;
    if (isOfCluster(application)) {
      plane
          .client()
          .post(
              "/api/v1/namespaces",
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\""
                  + name
                  + "\"}}");
      target =
          "kubernetes: {kubeconfig: ../kubeconfig, owner: estate/"
              + name
              + ", namespace: "
              + name
              + "}";
    } else {
      Files.createDirectories(live(application));
      Files.writeString(live(application).resolve(FOREIGN), "not Git's");
      target = "filesystem: {root: ../live/" + name + "}";
    }
    Files.createDirectories(directory.resolve("apps"));
    Files.writeString(
        directory.resolve("apps/" + name + ".yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: %s}
        spec:
          source: {git: {url: "%s", ref: main, path: %s, caFile: ../ca.pem}}
          target: {%s}
          policy: {interval: 2s, overwriteConflicts: true, adopt: true}
        """
            .formatted(name, url, name, target));
  }

  /** Declares an item with a value that no other has. */
  private void put(CommitBuilder commit, int application, String item) {
    String value = "v" + ++values;
    declared.get(application).put(item, value);
    if (isOfCluster(application)) {
      commit.put(
          name(application) + "/" + item + ".yaml",
          "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {value: %s}\n"
              .formatted(item, value));
    } else {
      commit.put(name(application) + "/" + item, value);
    }
  }

  /** Changes, adds or removes an item of one application or of several. */
  void commit(Random random) {
    CommitBuilder commit = repository.commit().message("change " + values);
    int applications = random.nextInt(10) == 0 ? declared.size() : 1 + random.nextInt(3);
    for (int i = 0; i < applications; i++) {
      int application = random.nextInt(declared.size());
      String item = item(random);
      if (declared.get(application).containsKey(item) && random.nextInt(3) == 0) {
        declared.get(application).remove(item);
        String suffix = isOfCluster(application) ? ".yaml" : "";
        commit.remove(name(application) + "/" + item + suffix);
      } else {
        put(commit, application, item);
      }
    }
    commits.add(commit.create());
  }

  private static String item(Random random) {
    return "item-" + (char) ('a' + random.nextInt(6));
  }

  /** Edits or removes something that is live, or puts something there that nobody declares. */
  void edit(Random random) throws IOException {
    int application = random.nextInt(declared.size());
    String item = random.nextInt(3) == 0 ? "item-base" : item(random);
    boolean removes = random.nextInt(4) == 0;
    if (isOfCluster(application)) {
      String path = "/api/v1/namespaces/" + name(application) + "/configmaps/" + item;
      if (removes) {
        plane.client().delete(path);
      } else {
        plane.client().merge(path, "{\"data\":{\"value\":\"edited\"}}");
      }
    } else {
      Path file = live(application).resolve(item);
      if (removes) {
        Files.deleteIfExists(file);
      } else if (Files.exists(file)) {
        Files.writeString(file, "edited");
      }
    }
  }

  /**
   * Sets the branch back to an earlier commit, or to none of its own, and after a while returns.
   */
  void rewindAndReturn(Random random) throws InterruptedException {
    String head = repository.refs().find("refs/heads/main").orElseThrow();
    String other =
        random.nextInt(4) == 0
            ? repository.commit("elsewhere").unrelated().message("rewritten").create()
            : commits.get(random.nextInt(commits.size()));
    repository.refs().set("refs/heads/main", other);
    rest(500 + random.nextInt(3000));
    repository.refs().set("refs/heads/main", head);
  }

  /** Cuts one of the networks for a while: no connection goes through, and none is answered. */
  void cut(Random random) throws InterruptedException {
    FaultyProxy network = random.nextBoolean() ? cluster : server.tcp();
    network.always(
        random.nextBoolean()
            ? new TcpFault.Reset(TcpFault.Direction.TO_SERVER, 0)
            : new TcpFault.Stall(TcpFault.Direction.TO_CLIENT, 0));
    network.resetAll();
    rest(500 + random.nextInt(3000));
    network.clear();
    network.resetAll();
  }

  void connect() {
    cluster.clear();
    server.tcp().clear();
  }

  /** Lets some time pass. */
  void rest(int millis) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    if (never.await(millis, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("nobody counts it down");
    }
  }

  /** Returns what is live and not as declared, by application. */
  List<String> differences() throws IOException {
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < declared.size(); i++) {
      Map<String, String> live = isOfCluster(i) ? objects(i) : files(i);
      TreeSet<String> items = new TreeSet<>(live.keySet());
      items.addAll(declared.get(i).keySet());
      for (String item : items) {
        if (!Objects.equals(live.get(item), declared.get(i).get(item))) {
          differences.add(
              name(i)
                  + "/"
                  + item
                  + " is "
                  + live.get(item)
                  + ", not "
                  + declared.get(i).get(item));
        }
      }
    }
    return differences;
  }

  private Map<String, String> files(int application) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> entries = Files.list(live(application))) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        files.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    if (!"not Git's".equals(files.remove(FOREIGN))) {
      throw new AssertionError("a file of somebody else is gone from " + name(application));
    }
    return files;
  }

  private Map<String, String> objects(int application) {
    String body =
        plane.client().get("/api/v1/namespaces/" + name(application) + "/configmaps").body();
    Map<String, String> objects = new TreeMap<>();
    for (String object : body.split("\\{\"metadata\":\\{\"name\"", -1)) {
      Matcher matcher = OBJECT.matcher("\"name\"" + object);
      if (matcher.find()) {
        objects.put(matcher.group(1), matcher.group(2));
      }
    }
    return objects;
  }

  @Override
  public void close() {
    cluster.close();
    server.close();
    repository.close();
    plane.close();
  }
}
