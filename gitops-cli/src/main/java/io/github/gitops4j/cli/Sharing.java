package io.github.gitops4j.cli;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Scheduler;
import io.github.gitops4j.control.Shards;
import io.github.gitops4j.control.SharedShards;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.filesystem.LockFileShards;
import io.github.gitops4j.kubernetes.KubernetesCluster;
import io.github.gitops4j.kubernetes.KubernetesLeases;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Options of a run that is not the only one. */
final class Sharing {
  /** A namespace, and a name that leaves room for the rest of the names of leases. */
  private static final Pattern GROUP =
      Pattern.compile(
          "([a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?)/([a-z0-9](?:[-a-z0-9]{0,38}[a-z0-9])?)");

  @Option(
      names = "--lock",
      paramLabel = "FILE",
      description = {
        "Do nothing as long as another process has the lock of this file.",
        "So a second one stands by, and goes on when the first one ends."
      })
  Optional<Path> lock = Optional.empty();

  @Option(
      names = "--share",
      paramLabel = "NAMESPACE/NAME",
      description = {
        "Take care of an even part of the applications only, and of the part of a process that dies.",
        "All processes with this name share them, by leases in this namespace of a cluster."
      })
  Optional<String> share = Optional.empty();

  @Option(
      names = "--share-kubeconfig",
      paramLabel = "FILE",
      description = "The kubeconfig of the cluster of --share, with its current context.")
  Optional<Path> kubeconfig = Optional.empty();

  /** Refuses options that do not fit together. */
  void check() {
    if (lock.isPresent() && share.isPresent()) {
      throw Problems.wrong("--share", "expected either --share or --lock");
    } else if (share.isPresent() != kubeconfig.isPresent()) {
      throw Problems.wrong(
          share.isPresent() ? "--share" : "--share-kubeconfig",
          "expected both --share and --share-kubeconfig");
    }
    share.ifPresent(Sharing::group);
    lock.ifPresent(Sharing::open);
  }

  /** Who could never get the lock would stand by for ever. */
  private static void open(Path file) {
    try {
      FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
    } catch (IOException e) {
      throw Problems.wrong("--lock", "opening " + file + " failed: " + Failure.reasonOf(e));
    }
  }

  private static Matcher group(String text) {
    Matcher group = GROUP.matcher(text);
    if (!group.matches()) {
      throw Problems.wrong(
          "--share",
          "expected a namespace and a name such as gitops/platform, in lower-case letters, digits"
              + " and hyphens, the name of at most 40, not "
              + text);
    }
    return group;
  }

  /** What a run takes care of, and what it needs for that. */
  record Share(Shards shards, Optional<KubernetesCluster> cluster) implements AutoCloseable {
    /** Closes the cluster; the controller is closed before. */
    @Override
    public void close() {
      cluster.ifPresent(KubernetesCluster::close);
    }
  }

  /**
   * Opens what says what this process takes care of.
   *
   * @throws io.github.gitops4j.error.GitOpsException if the leases cannot be read: whatever is
   *     wrong at the beginning would else never be said
   */
  Share open(Executor executor, Scheduler scheduler, CallContext call) {
    if (lock.isPresent()) {
      return new Share(LockFileShards.at(lock.get(), executor, scheduler), Optional.empty());
    } else if (share.isEmpty() || kubeconfig.isEmpty()) {
      return new Share(Shards.all(), Optional.empty());
    }
    Matcher group = group(share.get());
    KubernetesCluster cluster = KubernetesCluster.open(kubeconfig.get());
    try {
      KubernetesLeases leases = KubernetesLeases.in(cluster, group.group(1), group.group(2));
      leases.list(call);
      String process = UUID.randomUUID().toString();
      Shards shards = SharedShards.builder(process, leases, executor, scheduler).build();
      return new Share(shards, Optional.of(cluster));
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }
}
