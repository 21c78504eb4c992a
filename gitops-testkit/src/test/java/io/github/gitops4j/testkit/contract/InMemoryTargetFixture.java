package io.github.gitops4j.testkit.contract;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.InMemorySystem;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Things with a value, in memory. */
final class InMemoryTargetFixture implements TargetFixture {
  private final InMemoryTarget target = InMemoryTarget.create();

  @Override
  public Target target() {
    return target;
  }

  @Override
  public Target reopen() {
    return target;
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.of("", "Thing", "", name);
  }

  @Override
  public void declare(InMemoryTreeSource.Files files, String name, String content) {
    files.put(name + ".yaml", yaml(name, content));
  }

  @Override
  public void withdraw(InMemoryTreeSource.Files files, String name) {
    files.remove(name + ".yaml");
  }

  @Override
  public void write(String name, String content) {
    target.system().put(key(name), yaml(name, content));
  }

  @Override
  public void remove(String name) {
    target.system().remove(key(name));
  }

  @Override
  public SortedMap<String, String> contents() {
    SortedMap<String, String> contents = new TreeMap<>();
    target.system().resources().forEach((key, live) -> contents.put(key.name(), value(live)));
    return contents;
  }

  @Override
  public List<String> keptAside() {
    return target.inMemoryApplier().keptAside().stream().map(InMemoryTargetFixture::value).toList();
  }

  @Override
  public void hold(String name) {
    target.system().hold(key(name));
  }

  @Override
  public void letGo(String name) {
    target.system().letGo(key(name));
  }

  @Override
  public void makeUnreadable(String name) {
    target.system().makeUnreadable(key(name), FailureCategory.FORBIDDEN);
  }

  @Override
  public void makeUnreachable() {
    target.system().reachable(InMemorySystem.Reachability.DOWN);
  }

  @Override
  public void confuseFeed() {
    target.system().invalidateFeed();
  }

  @Override
  public FieldPath contentField() {
    return FieldPath.root().field("value");
  }

  private static String yaml(String name, String content) {
    return "kind: Thing\nname: " + name + "\nvalue: \"" + content + "\"\n";
  }

  private static String value(LiveResource live) {
    Document document = live.document().orElseThrow();
    return MappingReader.of("live", document.root()).text("value");
  }
}
