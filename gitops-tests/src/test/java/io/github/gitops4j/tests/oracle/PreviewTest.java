package io.github.gitops4j.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.plan.PlanPolicy;
import io.github.gitops4j.plan.PlannedAction;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.reconcile.Preview;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.reconcile.RewindPolicy;
import io.github.gitops4j.source.DesiredState;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Renderer;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeDesiredStateSource;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.testkit.InMemoryTarget;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.ManifestModel;
import io.github.gitops4j.testkit.ObservedTree;
import io.github.gitops4j.testkit.StructuredDiffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** A preview against the plan for a target that is as the older revision declares. */
class PreviewTest {
  private static final CallContext CALL = CallContext.unbounded();
  private static final PlanPolicy POLICY = PlanPolicy.builder().build();

  private final InMemoryTreeSource source = InMemoryTreeSource.empty();

  private Plan preview(TreeSource files, Revision from, Revision to) {
    OfflineTarget target =
        OfflineTarget.builder("memory", ManifestModel.create(), new StructuredDiffer()).build();
    return Preview.of(files, target, POLICY).between(from, to, CALL);
  }

  @Property(tries = 500)
  void isThePlanForATargetThatIsAsTheOlderRevisionDeclares(@ForAll long seed) {
    Random random = new Random(seed);
    InMemoryTreeSource files = InMemoryTreeSource.empty();
    Author author = new Author(random, files, line -> {});
    for (int i = 0; i < 12; i++) {
      author.commit();
    }
    Revision from = author.anyRevision();
    Revision to = author.anyRevision();
    InMemoryTarget target = InMemoryTarget.create();
    Reconciler reconciler =
        Reconciler.builder(files, target).policy(POLICY).rewind(RewindPolicy.ALLOW).build();
    files.rewind(from);
    boolean comparable = isAsDeclared(settled(reconciler), files, from, target);
    Statistics.collect(comparable);
    if (comparable) {
      Plan expected = reconciler.planAt(to, CALL);
      Plan actual = preview(files, from, to);
      assertThat(actual.broken()).isEqualTo(expected.broken());
      assertThat(lines(actual)).isEqualTo(lines(expected));
    }
  }

  private static ReconcileReport settled(Reconciler reconciler) {
    ReconcileReport report = reconciler.reconcile(CALL);
    for (int pass = 0; pass < 10 && !report.converged(); pass++) {
      report = reconciler.reconcile(CALL);
    }
    return report;
  }

  /** Says whether the target has all of a revision and would change nothing of it. */
  private static boolean isAsDeclared(
      ReconcileReport report, TreeSource files, Revision revision, InMemoryTarget target) {
    DesiredState desired =
        TreeDesiredStateSource.of(files, target.model()).fetch(revision, Optional.empty(), CALL);
    AtomicBoolean all = new AtomicBoolean(report.converged() && desired.broken().isEmpty());
    desired.forEach(
        entry -> {
          if (target.system().get(entry.key()).isEmpty()) {
            all.set(false);
          }
        });
    return all.get();
  }

  private static List<String> lines(Plan plan) {
    return plan.actions().stream().map(PreviewTest::line).toList();
  }

  private static String line(PlannedAction action) {
    String why =
        action instanceof PlannedAction.Hold hold ? hold.withheld() + " " + hold.message() : "";
    return String.join(
        " ",
        action.kind().toString(),
        action.key().toString(),
        action.step().toString(),
        why,
        action.changes().stream().map(ChangeText::of).toList().toString());
  }

  private static String thing(String name, int value) {
    return "---\nkind: Thing\nname: " + name + "\nspec: {value: " + value + "}\n";
  }

  private Revision commit(Consumer<InMemoryTreeSource.Files> edit) {
    return source.commit("commit", edit);
  }

  @Test
  void readsOnlyWhatDiffers() {
    Revision from =
        commit(
            files -> {
              for (int i = 0; i < 1_000; i++) {
                files.put("f" + i + ".yaml", thing("t" + i, 1));
              }
            });
    Revision to =
        commit(files -> files.put("f7.yaml", thing("t7", 2)).put("f8.yaml", thing("t8", 2)));
    Counted counted = new Counted(source);
    Plan plan = preview(counted, from, to);
    assertThat(lines(plan)).hasSize(2);
    assertThat(counted.opened).containsExactly("f7.yaml", "f8.yaml");
  }

  @Test
  void whatIsDeclaredElsewhereTooIsFound() {
    Revision from =
        commit(files -> files.put("a.yaml", thing("a", 1)).put("b.yaml", thing("b", 1)));
    Revision to = commit(files -> files.put("c.yaml", thing("a", 2) + thing("c", 1)));
    Plan plan = preview(source, from, to);
    assertThat(plan.broken())
        .extracting(broken -> broken.origin().file())
        .containsExactly("a.yaml", "c.yaml");
    // Back again: it stays declared, so it is not removed; what it was is not known.
    Plan back = preview(source, to, from);
    assertThat(lines(back)).hasSize(2);
    assertThat(lines(back).get(0)).startsWith("CREATE Thing/a");
    assertThat(lines(back).get(1)).startsWith("PRUNE Thing/c");
    assertThat(back.warnings()).hasSize(2);
  }

  @Test
  void somethingIsLeftAlthoughNothingOfItWasRead() {
    Revision from =
        commit(files -> files.put("a.yaml", thing("a", 1)).put("b.yaml", thing("b", 1)));
    Revision less = commit(files -> files.remove("a.yaml"));
    Revision nothing = commit(files -> files.remove("b.yaml").put("notes.txt", "none"));
    assertThat(lines(preview(source, from, less)).get(0)).startsWith("PRUNE Thing/a");
    assertThat(lines(preview(source, from, nothing)))
        .allMatch(line -> line.startsWith("HOLD") && line.contains("nothing at all is declared"));
  }

  @Test
  void valuesThatAreSecretsAreMaskedWithoutDigests() {
    String secret = "gitops: {sensitive: [/spec/value]}\n";
    Revision from = commit(files -> files.put("a.yaml", thing("a", 1) + secret));
    Revision to = commit(files -> files.put("a.yaml", thing("a", 2) + secret));
    FieldChange change = preview(source, from, to).actions().get(0).changes().get(0);
    assertThat(change.before()).isEqualTo(new FieldValue.Masked(Optional.empty()));
    assertThat(change.after()).isEqualTo(new FieldValue.Masked(Optional.empty()));
  }

  @Test
  void aHookIsRunIfItIsNewOrHasChanged() {
    String hook = "gitops: {hook: IN_ITS_WAVE}\n";
    Revision from = commit(files -> files.put("a.yaml", thing("a", 1) + hook));
    Revision same = commit(files -> files.put("b.yaml", thing("b", 1)));
    Revision other = commit(files -> files.put("a.yaml", thing("a", 2) + hook));
    Revision gone = commit(files -> files.remove("a.yaml"));
    assertThat(lines(preview(source, from, same))).noneMatch(line -> line.contains("Thing/a"));
    assertThat(lines(preview(source, same, other)).get(0)).startsWith("RUN_HOOK Thing/a");
    assertThat(lines(preview(source, other, gone))).isEmpty();
  }

  @Test
  void aFileThatWasBrokenIsWarnedOf() {
    Revision broken = commit(files -> files.put("a.yaml", "kind: Thing\nname: [\n"));
    Revision mended = commit(files -> files.put("a.yaml", thing("a", 1)));
    Plan plan = preview(source, broken, mended);
    assertThat(lines(plan).get(0)).startsWith("CREATE Thing/a");
    assertThat(plan.warnings()).hasSize(1);
    assertThat(plan.warnings().get(0).message()).contains("what it declared is not known");
    assertThat(preview(source, mended, broken).broken()).hasSize(1);
    assertThat(lines(preview(source, mended, broken)))
        .allMatch(line -> line.contains("cannot be understood"));
  }

  @Test
  void aFileThatMovesChangesNothing() {
    Revision from = commit(files -> files.put("a.yaml", thing("a", 1)));
    Revision to = commit(files -> files.remove("a.yaml").put("sub/b.yaml", thing("a", 1)));
    Plan plan = preview(source, from, to);
    assertThat(plan.isEmpty()).isTrue();
    assertThat(plan.warnings()).isEmpty();
  }

  @Test
  void whatARendererMakesOfBothRevisionsIsCompared() {
    Revision from =
        commit(files -> files.put("a.yaml", "kind: Thing\nname: a\nspec: {value: $(value)}\n"));
    commit(files -> files.put("b.yaml", thing("b", 1)));
    Revision to = commit(files -> files.put("value.txt", "2"));
    OfflineTarget target =
        OfflineTarget.builder("memory", ManifestModel.create(), new StructuredDiffer()).build();
    Plan plan =
        Preview.of(source, target, POLICY).rendered(List.of(new Valued())).between(from, to, CALL);
    assertThat(lines(plan)).hasSize(2);
    assertThat(lines(plan).get(0)).startsWith("UPDATE Thing/a").contains("1 2");
    assertThat(lines(plan).get(1)).startsWith("CREATE Thing/b");
  }

  /** Puts the text of {@code value.txt}, or 1, in the place of {@code $(value)}. */
  private static final class Valued implements Renderer {
    @Override
    public String id() {
      return "valued";
    }

    @Override
    public SourceTree render(SourceTree tree, CallContext call) {
      Map<String, String> texts = new TreeMap<>();
      tree.forEach(file -> texts.put(file.path(), text(file, tree)), call);
      String value = texts.getOrDefault("value.txt", "1");
      InMemoryTreeSource rendered = InMemoryTreeSource.empty();
      Revision revision =
          rendered.commit(
              "rendered",
              files ->
                  texts.forEach((path, text) -> files.put(path, text.replace("$(value)", value))));
      return rendered.fetch(revision, call).tree();
    }

    private static String text(TreeEntry file, SourceTree tree) {
      try (InputStream in = tree.open(file)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Notes which files are opened. */
  private static final class Counted implements TreeSource {
    private final TreeSource source;
    private final Set<String> opened = new TreeSet<>();

    Counted(TreeSource source) {
      this.source = source;
    }

    @Override
    public String id() {
      return source.id();
    }

    @Override
    public Revision latest(CallContext call) {
      return source.latest(call);
    }

    @Override
    public FetchedTree fetch(Revision revision, CallContext call) {
      FetchedTree fetched = source.fetch(revision, call);
      return new FetchedTree(
          ObservedTree.of(fetched.tree(), opened::add), fetched.revision(), fetched.provenance());
    }

    @Override
    public RevisionOrder order() {
      return source.order();
    }
  }
}
