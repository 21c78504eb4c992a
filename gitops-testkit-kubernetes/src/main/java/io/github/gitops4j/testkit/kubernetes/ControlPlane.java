package io.github.gitops4j.testkit.kubernetes;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A real Kubernetes control plane on the loopback interface, with no containers.
 *
 * <p>It is etcd, an API server, a controller manager, a scheduler and one node that only plays its
 * Pods: each becomes ready at once. Deployments roll out, owners are collected and namespaces end
 * as in any cluster. It takes about three seconds to start. The binaries come from the folder in
 * {@code KUBEBUILDER_ASSETS}, or are built once, in minutes, into the user's cache.
 *
 * <p>It ends with {@link #close()}, and within seconds of the end of this process in any case.
 * Thread-safe.
 *
 * @since 0.1.0
 */
public final class ControlPlane implements AutoCloseable {
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final ControlPlaneTool tool;
  private final Path folder;
  private final PlaneClient client;

  private ControlPlane(ControlPlaneTool tool, Path folder) {
    this.tool = tool;
    this.folder = folder;
    this.client = new PlaneClient(url(), token(User.ADMIN), authority());
  }

  /** What a control plane may lack if the binaries are those of {@code KUBEBUILDER_ASSETS}. */
  public enum Feature {
    /** Controllers: Deployments roll out, namespaces end, owners are collected. */
    CONTROLLERS,
    /** A scheduler: Pods get a node. */
    SCHEDULER,
    /** A node: Pods that have it become ready, and go when they are deleted. */
    NODE
  }

  /** Who can log in. */
  public enum User {
    /** May do all; a member of {@code system:masters}. */
    ADMIN("admin", ""),
    /** The user {@code limited}, who may do nothing until a binding says so. */
    LIMITED("limited", "-limited");

    private final String userName;
    private final String suffix;

    User(String userName, String suffix) {
      this.userName = userName;
      this.suffix = suffix;
    }

    /** Give the name of the user in bindings. */
    public String userName() {
      return userName;
    }
  }

  /**
   * Start a control plane and wait until its API server is ready.
   *
   * @throws IllegalStateException if it does not start, for one because a tool is missing
   */
  public static ControlPlane start() {
    return builder().start();
  }

  /** Give a builder with no settings. */
  public static Builder builder() {
    return new Builder();
  }

  /** Give the URL of the API server, such as {@code https://127.0.0.1:23456}. */
  public URI url() {
    return URI.create(text("url"));
  }

  /** Give the bearer token of a user. */
  public String token(User user) {
    return text("token" + requireNonNull(user, "user").suffix);
  }

  /** Give the certificate, in PEM, that the API server's certificate leads to. */
  public String authority() {
    return text("ca.crt");
  }

  /** Give the path of the administrator's kubeconfig. */
  public Path kubeconfig() {
    return kubeconfig(User.ADMIN);
  }

  /** Give the path of a user's kubeconfig. */
  public Path kubeconfig(User user) {
    return folder.resolve("kubeconfig" + requireNonNull(user, "user").suffix);
  }

  /** Give a client that sends single requests as the administrator. */
  public PlaneClient client() {
    return client;
  }

  /** Give what this control plane has of what it may lack. */
  public Set<Feature> features() {
    Set<Feature> features = EnumSet.noneOf(Feature.class);
    text("features").lines().forEach(line -> features.add(Feature.valueOf(line)));
    return features;
  }

  /**
   * Fail unless this control plane has all of these.
   *
   * @throws IllegalStateException if one is missing
   */
  public void requires(Feature... needed) {
    Set<Feature> missing = EnumSet.noneOf(Feature.class);
    missing.addAll(List.of(needed));
    missing.removeAll(features());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "control plane: " + text("assets") + " lacks the binaries of " + missing);
    }
  }

  /** Kill the API server; its connections break and new ones are refused. */
  public void killApiServer() {
    run("kill", folder.toString(), "api");
  }

  /** Start the API server again after it was killed, under the same URL, and wait for it. */
  public void startApiServer() {
    run("start", folder.toString(), "api");
  }

  /** Stop the API server where it is: connections stay open and get no answer. */
  public void pauseApiServer() {
    run("pause", folder.toString(), "api");
  }

  /** Let the API server go on after a pause. */
  public void resumeApiServer() {
    run("resume", folder.toString(), "api");
  }

  /**
   * Forget all revisions but the newest: who asks for an older one gets 410.
   *
   * <p>Watches are answered from the API server's memory, which this does not reach, unless it was
   * started with {@code --watch-cache=false}.
   */
  public void compact() {
    run("compact", folder.toString());
  }

  /** Stop all processes and delete their files. Closing again does nothing. */
  @Override
  public void close() {
    if (Files.isDirectory(folder)) {
      run("down", folder.toString());
    }
  }

  private void run(String... arguments) {
    tool.run(LIMIT, List.of(arguments));
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("control plane: reading " + file + " failed", e);
    }
  }

  /**
   * Settings of a control plane. Confined to one thread.
   *
   * @since 0.1.0
   */
  public static final class Builder {
    private final List<String> flags = new ArrayList<>();

    private Builder() {}

    /**
     * Add a flag of {@code kube-apiserver}, such as {@code --watch-cache=false}; none by default.
     *
     * @return this
     * @throws IllegalArgumentException if it does not begin with two dashes
     */
    public Builder apiFlag(String flag) {
      if (!flag.startsWith("--") || flag.lines().count() != 1) {
        throw new IllegalArgumentException("a flag begins with two dashes: " + flag);
      }
      flags.add("--api-flag=" + flag);
      return this;
    }

    /**
     * Start the control plane and wait until its API server is ready.
     *
     * @throws IllegalStateException if it does not start, for one because a tool is missing
     */
    public ControlPlane start() {
      ControlPlaneTool tool = ControlPlaneTool.unpacked();
      tool.run(BUILD_LIMIT, List.of("build"));
      try {
        Path folder = Files.createTempDirectory("control-plane-");
        List<String> up = new ArrayList<>(List.of("up", folder.toString()));
        up.add("--owner=" + ProcessHandle.current().pid());
        up.addAll(flags);
        tool.run(LIMIT, up);
        return new ControlPlane(tool, folder);
      } catch (IOException e) {
        throw new UncheckedIOException("control plane: making a folder failed", e);
      }
    }
  }
}
