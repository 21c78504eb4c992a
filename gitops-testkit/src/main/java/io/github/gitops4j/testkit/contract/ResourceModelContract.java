package io.github.gitops4j.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.gitops4j.resource.FileMode;
import io.github.gitops4j.source.Declaration;
import io.github.gitops4j.source.DesiredEntry;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Holds a {@link ResourceModel} against its rules {@code RM-1} to {@code RM-4}.
 *
 * <p>Confined to one test.
 *
 * @since 0.1.0
 */
public abstract class ResourceModelContract extends FixtureKit<ResourceModelFixture> {
  private static final int GARBAGE = 100;
  private static final int LONGEST_GARBAGE = 64;

  /** Creates the kit. */
  protected ResourceModelContract() {}

  /** Makes the files for the model. */
  @Override
  protected abstract ResourceModelFixture createFixture();

  private static SourceTree tree(Consumer<InMemoryTreeSource.Files> edit) {
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    return source.fetch(source.commit("files", edit), Calls.UNBOUNDED).tree();
  }

  private static TreeEntry file(SourceTree tree, String path) {
    return tree.find(path, Calls.UNBOUNDED)
        .orElseThrow(() -> new AssertionError("the fixture put no file at " + path));
  }

  private Declaration declare(ResourceModel model, SourceTree tree, String path) {
    return model.declare(file(tree, path), tree, Calls.UNBOUNDED);
  }

  private List<DesiredEntry> declared(ResourceModel model, SourceTree tree, String name) {
    return assertInstanceOf(
            Declaration.Declared.class, declare(model, tree, fixture().path(name)), name)
        .entries();
  }

  @Test
  @ContractRule("RM-1")
  final void whatAFileDeclaresDependsOnItAlone() {
    ResourceModel model = fixture().createModel();
    SourceTree alone = tree(files -> fixture().declare(files, "a", "one"));
    SourceTree among =
        tree(
            files -> {
              fixture().declare(files, "b", "two");
              fixture().declare(files, "a", "one");
              fixture().declare(files, "c", "one");
            });
    List<DesiredEntry> entries = declared(model, alone, "a");
    assertEquals(List.of(fixture().key("a")), entries.stream().map(DesiredEntry::key).toList());
    assertEquals(entries, declared(model, among, "a"));
    declared(model, among, "b");
    assertEquals(entries, declared(model, alone, "a"));
    ResourceModel other = fixture().createModel();
    assertEquals(model.id(), other.id());
    assertEquals(entries, declared(other, alone, "a"));
  }

  @Test
  @ContractRule("RM-1")
  final void otherContentHasAnotherDigest() {
    ResourceModel model = fixture().createModel();
    SourceTree one = tree(files -> fixture().declare(files, "a", "one"));
    SourceTree two = tree(files -> fixture().declare(files, "a", "two"));
    assertNotEquals(
        declared(model, one, "a").get(0).digest(), declared(model, two, "a").get(0).digest());
  }

  @Test
  @ContractRule(value = "RM-2", needs = Capability.BROKEN_INPUT)
  final void badInputIsAValueThatNamesTheFile() {
    List<String> path = new ArrayList<>();
    SourceTree tree = tree(files -> path.add(fixture().declareBroken(files, "a")));
    Declaration.Broken broken =
        assertInstanceOf(
            Declaration.Broken.class, declare(fixture().createModel(), tree, path.get(0)));
    assertEquals(path.get(0), broken.input().origin().file());
    assertFalse(broken.input().failure().message().isBlank());
  }

  @Test
  @ContractRule("RM-2")
  final void noBytesMakeItThrow() {
    ResourceModel model = fixture().createModel();
    Random random = new Random(1);
    String good = text(tree(files -> fixture().declare(files, "a", "one")));
    for (int i = 0; i < GARBAGE; i++) {
      byte[] bytes = i % 2 == 0 ? garbage(random) : spoiled(good, random);
      for (FileMode mode : FileMode.values()) {
        SourceTree tree = tree(files -> files.put(fixture().path("a"), mode, bytes));
        Declaration declaration = declare(model, tree, fixture().path("a"));
        if (declaration instanceof Declaration.Declared declared) {
          declared.entries().forEach(entry -> load(model, tree, entry));
        }
      }
    }
  }

  private String text(SourceTree tree) {
    return TreeSourceKit.text(tree, file(tree, fixture().path("a")));
  }

  private static byte[] garbage(Random random) {
    byte[] bytes = new byte[random.nextInt(LONGEST_GARBAGE)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns good bytes of which one is wrong. */
  private static byte[] spoiled(String good, Random random) {
    byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
    bytes[random.nextInt(bytes.length)] =
        (byte) "\0{}[]:\"'\n\t&*!\u007f".charAt(random.nextInt(14));
    return bytes;
  }

  private void load(ResourceModel model, SourceTree tree, DesiredEntry entry) {
    TreeEntry file = file(tree, entry.origin().file());
    assertEquals(
        entry.digest(), fixture().digest(model.content(entry, file, tree, Calls.UNBOUNDED)));
  }

  @Test
  @ContractRule("RM-3")
  final void contentIsThatOfTheDeclaration() {
    ResourceModel model = fixture().createModel();
    SourceTree tree =
        tree(
            files -> {
              fixture().declare(files, "a", "one");
              fixture().declare(files, "b", "");
            });
    for (String name : List.of("a", "b")) {
      load(model, tree, declared(model, tree, name).get(0));
      load(fixture().createModel(), tree, declared(model, tree, name).get(0));
    }
  }

  @Test
  @ContractRule(value = "RM-4", needs = Capability.DUPLICATE_KEYS)
  final void twoEntriesUnderOneKeyAreRefusedAboveTheModel() {
    InMemoryTreeSource source = InMemoryTreeSource.empty();
    source.commit(
        "twice",
        files -> {
          fixture().declare(files, "a", "one");
          fixture().declare(files, "b", "one");
          fixture().declareAgain(files, "a", "two");
        });
    TreeDesiredStateSource states = TreeDesiredStateSource.of(source, fixture().createModel());
    DesiredState state =
        states.fetch(states.latest(Calls.UNBOUNDED), Optional.empty(), Calls.UNBOUNDED);
    assertFalse(state.broken().isEmpty());
    SourceTree tree = source.fetch(state.revision(), Calls.UNBOUNDED).tree();
    assertEquals(1, declared(fixture().createModel(), tree, "a").size());
    assertEquals(1, declared(fixture().createModel(), tree, "b").size());
  }
}
