package io.github.gitops4j.filesystem;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.gate.Gate;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A source in memory, a directory, and a reconciler between them. */
final class Scene {
  final Path root;
  final InMemoryTreeSource source = InMemoryTreeSource.empty();
  PlanPolicy policy = PlanPolicy.defaults();
  List<Gate> gates = List.of();
  LinkPolicy links = LinkPolicy.DENY;
  Disk disk = new JdkDisk();
  ReplaceStyle style = ReplaceStyle.ATOMIC;
  InstantSource clock = InstantSource.system();
  FileReads reads = FileReads.DIRECT;
  @Nullable DirectoryWatch watch;
  FilesystemTarget target;
  Reconciler reconciler;

  Scene(Path root) {
    this.root = root;
    this.target = FilesystemTarget.at(root);
    this.reconciler = restart();
  }

  /** Forgets everything that is not on disk, as a new process would. */
  Reconciler restart() {
    FilesystemTarget.Builder builder =
        FilesystemTarget.builder(root)
            .links(links)
            .disk(disk)
            .reads(reads)
            .clock(clock)
            .replacing(style);
    if (watch != null) {
      builder.watch(watch);
    }
    target = builder.build();
    reconciler =
        Reconciler.builder(source, target)
            .policy(policy)
            .gates(gates)
            .retry(RetryPolicy.never())
            .build();
    return reconciler;
  }

  ReconcileReport pass() {
    return reconciler.reconcile(CallContext.unbounded());
  }

  Plan plan() {
    return reconciler.plan(CallContext.unbounded());
  }

  void write(String path, String content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns all files below the root with their content, without the state directory. */
  Map<String, String> files() {
    TreeMap<String, String> found = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.toList()) {
        String name = root.relativize(file).toString();
        if (!name.startsWith(".gitops") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          found.put(name, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  /** Returns the content of everything in quarantine. */
  List<String> quarantinedContents() {
    Path quarantine = root.resolve(".gitops/quarantine");
    try {
      List<String> contents = new ArrayList<>();
      for (Quarantine.Entry entry : target.quarantine().list()) {
        contents.add(Files.readString(quarantine.resolve(entry.operation()).resolve(entry.path())));
      }
      return contents;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns what sessions left behind in the stage. */
  List<String> staged() {
    try (Stream<Path> all = Files.walk(root.resolve(".gitops/stage"))) {
      return all.skip(1).map(Path::toString).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> quarantined() {
    try {
      return target.quarantine().list().stream().map(Quarantine.Entry::path).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
