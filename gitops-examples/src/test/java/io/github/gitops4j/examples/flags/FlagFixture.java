package io.github.gitops4j.examples.flags;

import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Flags, and somebody else who sets them. */
final class FlagFixture implements TargetFixture {
  private final FlagService service = new FlagService();
  private final Path state;
  private final Target target;

  FlagFixture(Path temp) {
    try {
      this.state = Files.createTempDirectory(temp, "state");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.target = FlagTarget.of(service, state);
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Target reopen() {
    return FlagTarget.of(service, state);
  }

  @Override
  public ResourceKey key(String name) {
    return FlagModel.key(name);
  }

  @Override
  public void declare(InMemoryTreeSource.Files files, String name, String content) {
    files.put("flags/" + name + ".flag", content + "\n");
  }

  @Override
  public void withdraw(InMemoryTreeSource.Files files, String name) {
    files.remove("flags/" + name + ".flag");
  }

  @Override
  public void write(String name, String content) {
    service.set(name, content, version(name));
  }

  @Override
  public void remove(String name) {
    service.delete(name, version(name));
  }

  private long version(String name) {
    return service.get(name).map(FlagService.Flag::version).orElse(0L);
  }

  @Override
  public SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    service.all().values().forEach(flag -> contents.put(flag.name(), flag.value()));
    return contents;
  }

  @Override
  public List<String> keptAside() {
    return service.archived().stream().map(FlagService.Flag::value).toList();
  }

  @Override
  public void makeUnreachable() {
    service.running(false);
  }

  @Override
  public FieldPath contentField() {
    return FieldPath.parse("/value");
  }
}
