package io.github.gitops4j.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Sensitive;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.YamlReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DocumentDifferTest {
  private static final ListKeys BY_NAME =
      path -> path.toString().endsWith("/containers") ? List.of("name") : List.of();

  @Test
  void namesChangedAddedAndRemovedFields() {
    assertThat(diff(DocumentDiffer.builder(), "{a: 1, b: 2}", "{b: 3, c: 4}"))
        .containsExactly("/a: absent -> 1", "/b: 3 -> 2", "/c: 4 -> absent");
  }

  @Test
  void takesWholeSubtreeThatIsOnOneSide() {
    assertThat(diff(DocumentDiffer.builder(), "{a: {b: {c: 1}}}", "{}"))
        .containsExactly("/a: absent -> {\"b\":{\"c\":1}}");
    assertThat(diff(DocumentDiffer.builder(), "{a: {b: 1}}", "{a: [1]}"))
        .containsExactly("/a: [1] -> {\"b\":1}");
    assertThat(diff(DocumentDiffer.builder(), "[1]", "{}")).containsExactly(": {} -> [1]");
  }

  @Test
  void numbersAreEqualByValueAndNullIsNotAbsent() {
    assertThat(diff(DocumentDiffer.builder(), "{a: 1.0, b: 1e3}", "{a: 1, b: 1000}")).isEmpty();
    assertThat(diff(DocumentDiffer.builder(), "{a: null}", "{}"))
        .containsExactly("/a: absent -> null");
    assertThat(diff(DocumentDiffer.builder(), "{a: 1}", "{a: '1'}"))
        .containsExactly("/a: \"1\" -> 1");
  }

  @Test
  void comparesListsByPosition() {
    assertThat(diff(DocumentDiffer.builder(), "{l: [a, b]}", "{l: [b, a, c]}"))
        .containsExactly("/l/0: \"b\" -> \"a\"", "/l/1: \"a\" -> \"b\"", "/l/2: \"c\" -> absent");
  }

  @Test
  void comparesListsByKey() {
    assertThat(
            diff(
                DocumentDiffer.builder().listKeys(BY_NAME),
                "{containers: [{name: b, image: 2}, {name: a, image: 1}, {name: new}]}",
                "{containers: [{name: a, image: 1}, {name: b, image: 1}, {name: x}]}"))
        .containsExactly(
            "/containers/[name=b]/image: 1 -> 2",
            "/containers/[name=new]: absent -> {\"name\":\"new\"}",
            "/containers/[name=x]: {\"name\":\"x\"} -> absent");
  }

  @Test
  void comparesByPositionWhereKeysAreMissingOrTwice() {
    DocumentDiffer.Builder builder = DocumentDiffer.builder().listKeys(BY_NAME);
    assertThat(diff(builder, "{containers: [{name: a}, {x: 1}]}", "{containers: [{name: b}]}"))
        .containsExactly(
            "/containers/0/name: \"b\" -> \"a\"", "/containers/1: absent -> {\"x\":1}");
    assertThat(
            diff(
                builder,
                "{containers: [{name: a, x: 1}, {name: a, x: 2}]}",
                "{containers: [{name: a, x: 1}, {name: a, x: 3}]}"))
        .containsExactly("/containers/1/x: 3 -> 2");
  }

  @Nested
  class Additions {
    private final DocumentDiffer.Builder subset =
        DocumentDiffer.builder().additions(AdditionPolicy.IGNORE).listKeys(BY_NAME);

    @Test
    void ofFieldsAndKeyedItemsAreLeftAlone() {
      assertThat(
              diff(
                  subset,
                  "{spec: {containers: [{name: a, image: x}]}}",
                  "{status: 1, spec: {y: 2, containers: [{name: s}, {name: a, image: x, p: 1}]}}"))
          .isEmpty();
    }

    @Test
    void ofItemsByPositionAreDifferences() {
      assertThat(diff(subset, "{args: [a]}", "{args: [a, b]}"))
          .containsExactly("/args/1: \"b\" -> absent");
    }

    @Test
    void doNotHideWhatIsDeclared() {
      assertThat(diff(subset, "{a: 1, b: {c: 1}}", "{z: 1, b: {d: 1}}"))
          .containsExactly("/a: absent -> 1", "/b/c: absent -> 1");
    }
  }

  @Nested
  class Ignoring {
    @Test
    void hidesPathAndEverythingBelow() {
      DocumentDiffer.Builder builder = ignoring("/spec/replicas", "/status");
      assertThat(
              diff(builder, "{spec: {replicas: 3, x: 1}}", "{spec: {replicas: 5}, status: {a: 1}}"))
          .containsExactly("/spec/x: absent -> 1");
    }

    @Test
    void findsKeyedItemInListByPositionAndIndexInKeyedList() {
      String desired = "{containers: [{name: a, image: 1}, {name: b, image: 1}]}";
      String live = "{containers: [{name: a, image: 2}, {name: b, image: 2}]}";
      assertThat(diff(ignoring("/containers/[name=b]/image"), desired, live))
          .containsExactly("/containers/0/image: 2 -> 1");
      assertThat(diff(ignoring("/containers/0/image").listKeys(BY_NAME), desired, live))
          .containsExactly("/containers/[name=b]/image: 2 -> 1");
      assertThat(diff(ignoring("/containers/*/image"), desired, live)).isEmpty();
    }

    @Test
    void reachesIntoSubtreeThatIsOnOneSide() {
      DocumentDiffer.Builder builder = ignoring("/annotations/example.com~1x");
      assertThat(diff(builder, "{}", "{annotations: {example.com/x: 1}}")).isEmpty();
      assertThat(diff(builder, "{annotations: {example.com/x: 1, y1: 2}}", "{}"))
          .containsExactly("/annotations/y1: absent -> 2");
      assertThat(diff(builder, "{annotations: {}}", "{}"))
          .containsExactly("/annotations: absent -> {}");
    }

    @Test
    void rootHidesAll() {
      assertThat(diff(ignoring(""), "{a: 1}", "[2]")).isEmpty();
    }

    private DocumentDiffer.Builder ignoring(String... paths) {
      return DocumentDiffer.builder()
          .ignoring(List.of(paths).stream().map(FieldPath::parse).toList());
    }
  }

  @Nested
  class Masks {
    private final Masking masking =
        Masking.of(
            List.of(FieldPath.parse("/data"), FieldPath.parse("/list/*/pw")),
            Sensitive.of(new byte[] {1, 2, 3}));

    @Test
    void showKeysAndHideValues() {
      List<FieldChange> changes =
          changes("{data: {pw: hunter2, same: s}, x: 1}", "{data: {pw: secret, same: s, old: o}}");
      assertThat(changes.toString()).doesNotContain("hunter2").doesNotContain("secret");
      assertThat(changes)
          .extracting(change -> change.path().toString())
          .containsExactly("/data/old", "/data/pw", "/x");
      assertThat(changes.get(1).before()).isInstanceOf(FieldValue.Masked.class);
      assertThat(changes.get(1).after()).isNotEqualTo(changes.get(1).before());
    }

    @Test
    void hideSubtreeThatIsOnOneSide() {
      for (FieldChange change :
          changes("{data: {a: {b: hunter2}}, list: [{pw: x, id: 1}]}", "{}")) {
        boolean open = change.path().toString().equals("/list/0/id");
        assertThat(change.after())
            .isInstanceOf(open ? FieldValue.Shown.class : FieldValue.Masked.class);
      }
    }

    @Test
    void hideBothSidesWhereTypesDiffer() {
      List<FieldChange> changes = changes("{list: [{pw: x}]}", "{list: secret}");
      assertThat(changes).hasSize(1);
      assertThat(changes.get(0).before()).isInstanceOf(FieldValue.Masked.class);
      assertThat(changes.get(0).after()).isInstanceOf(FieldValue.Masked.class);
    }

    @Test
    void doNotLeakThroughKeyedPaths() {
      DocumentDiffer differ =
          DocumentDiffer.builder().listKeys(path -> List.of("pw")).masking(masking).build();
      assertThat(
              differ.diff(read("{list: [{pw: hunter2, id: 1}]}"), read("{list: [{pw: hunter2}]}")))
          .extracting(change -> change.path().toString())
          .containsExactly("/list/0/id");
    }

    @Test
    void digestsTellEqualFromDifferent() {
      assertThat(masking.mask(Text.of("a"))).isEqualTo(masking.mask(Text.of("a")));
      assertThat(masking.mask(Text.of("a"))).isNotEqualTo(masking.mask(Text.of("b")));
      Masking other = Masking.of(List.of(), Sensitive.of(new byte[] {9}));
      assertThat(other.mask(Text.of("a"))).isNotEqualTo(masking.mask(Text.of("a")));
      assertThat(Masking.withoutDigest(List.of()).mask(Text.of("a")).hmac()).isEmpty();
    }

    private List<FieldChange> changes(String desired, String live) {
      return DocumentDiffer.builder().masking(masking).build().diff(read(desired), read(live));
    }
  }

  private static List<String> diff(DocumentDiffer.Builder builder, String desired, String live) {
    return builder.build().diff(read(desired), read(live)).stream()
        .map(c -> c.path() + ": " + text(c.before()) + " -> " + text(c.after()))
        .toList();
  }

  private static String text(FieldValue value) {
    return value instanceof FieldValue.Shown shown ? shown.value().toJson() : value.toString();
  }

  static Document read(String yaml) {
    return YamlReader.create()
        .read("test.yaml", yaml.getBytes(StandardCharsets.UTF_8))
        .get(0)
        .document();
  }
}
