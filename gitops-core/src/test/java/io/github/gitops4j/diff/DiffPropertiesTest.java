package io.github.gitops4j.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.resource.ValueTrees;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DiffPropertiesTest {
  private static final ListKeys BY_NAME = path -> List.of("name");

  @Property(tries = 2000)
  void changesTurnLiveIntoDesired(@ForAll("trees") Value desired, @ForAll("trees") Value live) {
    List<FieldChange> changes =
        DocumentDiffer.builder().build().diff(Document.of(desired), Document.of(live));
    assertThat(Patch.apply(live, changes)).isEqualTo(desired);
    assertThat(changes).isSorted().doesNotHaveDuplicates();
  }

  @Property(tries = 2000)
  void keyedChangesLeaveNothingToDo(@ForAll("trees") Value desired, @ForAll("trees") Value live) {
    for (AdditionPolicy policy : AdditionPolicy.values()) {
      DocumentDiffer differ = DocumentDiffer.builder().additions(policy).listKeys(BY_NAME).build();
      List<FieldChange> changes = differ.diff(Document.of(desired), Document.of(live));
      Value patched = Patch.apply(live, changes);
      assertThat(differ.diff(Document.of(desired), Document.of(patched))).isEmpty();
    }
  }

  @Property(tries = 2000)
  void agreesWithNaiveSubset(@ForAll("trees") Value desired, @ForAll("trees") Value live) {
    List<FieldChange> changes =
        DocumentDiffer.builder()
            .additions(AdditionPolicy.IGNORE)
            .build()
            .diff(Document.of(desired), Document.of(live));
    assertThat(changes.isEmpty()).isEqualTo(naiveSubset(desired, live));
  }

  @Property(tries = 2000)
  void ignoringHidesExactlyTheIgnoredLeaves(
      @ForAll("trees") Value desired,
      @ForAll("trees") Value live,
      @ForAll("patterns") List<FieldPath> ignored) {
    DocumentDiffer differ = DocumentDiffer.builder().ignoring(ignored).build();
    List<FieldChange> changes = differ.diff(Document.of(desired), Document.of(live));
    assertThat(changes).noneMatch(change -> covered(change.path(), ignored));
    TreeSet<String> wanted = new TreeSet<>();
    leaves(desired, FieldPath.root(), ignored, wanted);
    TreeSet<String> present = new TreeSet<>();
    leaves(live, FieldPath.root(), ignored, present);
    if (wanted.equals(present)) {
      assertThat(changes).allMatch(DiffPropertiesTest::isChangeOfType);
    }
    if (changes.isEmpty()) {
      TreeSet<String> either = new TreeSet<>(wanted);
      either.addAll(present);
      either.removeIf(leaf -> wanted.contains(leaf) && present.contains(leaf));
      assertThat(either).allMatch(leaf -> leaf.endsWith("=[]") || leaf.endsWith("={}"));
    }
  }

  @Property(tries = 2000)
  void mergedDocumentDiffersNowhereElse(
      @ForAll("trees") Value desired,
      @ForAll("trees") Value live,
      @ForAll("fieldPatterns") List<FieldPath> ignored) {
    FieldMerge merge = FieldMerge.keeping(ignored, ListKeys.NONE);
    Document written =
        merge.merge(Document.of(desired), Document.of(live)).orElse(Document.of(Mapping.empty()));
    DocumentDiffer open = DocumentDiffer.builder().ignoring(ignored).build();
    assertThat(open.diff(Document.of(desired), written)).isEmpty();
    assertThat(merge.merge(written, Document.of(live))).contains(written);
  }

  @Property(tries = 2000)
  void maskedValuesAreNowhere(
      @ForAll("trees") Value desired,
      @ForAll("trees") Value live,
      @ForAll("patterns") List<FieldPath> sensitive) {
    Masking masking = Masking.of(sensitive, Sensitive.of(new byte[] {7}));
    DocumentDiffer differ = DocumentDiffer.builder().listKeys(BY_NAME).masking(masking).build();
    for (FieldChange change : differ.diff(Document.of(desired), Document.of(live))) {
      if (covered(change.path(), sensitive)) {
        assertThat(change.before()).isNotInstanceOf(FieldValue.Shown.class);
        assertThat(change.after()).isNotInstanceOf(FieldValue.Shown.class);
      }
      assertNothingBelow(change.before(), change.path(), sensitive);
      assertNothingBelow(change.after(), change.path(), sensitive);
    }
  }

  private static void assertNothingBelow(
      FieldValue value, FieldPath path, List<FieldPath> sensitive) {
    if (value instanceof FieldValue.Shown shown) {
      TreeSet<String> open = new TreeSet<>();
      TreeSet<String> all = new TreeSet<>();
      leaves(shown.value(), path, sensitive, open);
      leaves(shown.value(), path, List.of(), all);
      assertThat(open).isEqualTo(all);
    }
  }

  private static boolean isChangeOfType(FieldChange change) {
    return change.before() instanceof FieldValue.Shown before
        && change.after() instanceof FieldValue.Shown after
        && before.value().getClass() != after.value().getClass();
  }

  private static boolean covered(FieldPath path, List<FieldPath> patterns) {
    return patterns.stream().anyMatch(pattern -> pattern.covers(path));
  }

  /** Notes path and value of each leaf that no pattern covers. */
  private static void leaves(
      Value value, FieldPath path, List<FieldPath> patterns, Set<String> found) {
    if (covered(path, patterns)) {
      return;
    }
    if (value instanceof Mapping mapping && mapping.size() > 0) {
      for (int i = 0; i < mapping.size(); i++) {
        leaves(mapping.value(i), path.field(mapping.key(i)), patterns, found);
      }
    } else if (value instanceof Sequence sequence && sequence.size() > 0) {
      for (int i = 0; i < sequence.size(); i++) {
        leaves(sequence.get(i), path.index(i), patterns, found);
      }
    } else {
      found.add(path + "=" + value.toJson());
    }
  }

  private static boolean naiveSubset(Value desired, Value live) {
    if (desired instanceof Mapping wanted && live instanceof Mapping present) {
      return wanted.keys().stream()
          .allMatch(
              key ->
                  present
                      .get(key)
                      .map(value -> naiveSubset(wanted.get(key).orElseThrow(), value))
                      .orElse(false));
    }
    if (desired instanceof Sequence wanted && live instanceof Sequence present) {
      boolean equal = wanted.size() == present.size();
      for (int i = 0; equal && i < wanted.size(); i++) {
        equal = naiveSubset(wanted.get(i), present.get(i));
      }
      return equal;
    }
    return desired.toJson().equals(live.toJson());
  }

  @Provide
  Arbitrary<Value> trees() {
    return ValueTrees.similar();
  }

  @Provide
  Arbitrary<List<FieldPath>> patterns() {
    return Arbitraries.of(
            "/a", "/b", "/*/a", "/a/*", "/a/0", "/a/b/c", "/*/*", "/name", "/a/[name=1]", "/c/x~1y")
        .map(FieldPath::parse)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }

  @Provide
  Arbitrary<List<FieldPath>> fieldPatterns() {
    return Arbitraries.of("/a", "/b/a", "/a/b/c", "/name", "/c/x~1y", "/*/a")
        .map(FieldPath::parse)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3);
  }
}
