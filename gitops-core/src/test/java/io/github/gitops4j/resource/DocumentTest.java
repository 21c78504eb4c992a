package io.github.gitops4j.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple.Tuple2;
import org.junit.jupiter.api.Test;

class DocumentTest {
  private static final Value WEB =
      Mapping.builder().put("name", Text.of("web"), 4).put("port", Numeral.of(80), 5).build();
  private static final Document SAMPLE =
      Document.of(
          Mapping.builder()
              .put("spec", Mapping.builder().put("items", Sequence.of(WEB), 3).build(), 2)
              .put("data", Mapping.builder().put("0", Bool.TRUE, 7).build(), 6)
              .build());

  @Test
  void findsValuesByNameIndexAndKey() {
    assertThat(SAMPLE.at(FieldPath.parse("/spec/items/0/name"))).contains(Text.of("web"));
    assertThat(SAMPLE.at(FieldPath.parse("/spec/items/[name=web]/port"))).contains(Numeral.of(80));
    assertThat(SAMPLE.at(FieldPath.parse("/spec/items/[port=80]"))).contains(WEB);
    assertThat(SAMPLE.at(FieldPath.parse("/data/0"))).contains(Bool.TRUE);
    assertThat(SAMPLE.at(FieldPath.root())).contains(SAMPLE.root());
  }

  @Test
  void findsNothingWherePathLeadsNowhere() {
    assertThat(SAMPLE.at(FieldPath.parse("/spec/none"))).isEmpty();
    assertThat(SAMPLE.at(FieldPath.parse("/spec/items/1"))).isEmpty();
    assertThat(SAMPLE.at(FieldPath.parse("/spec/items/[name=x]"))).isEmpty();
    assertThat(SAMPLE.at(FieldPath.parse("/data/0/x"))).isEmpty();
  }

  @Test
  void refusesToLookUpWildcard() {
    assertThatThrownBy(() -> SAMPLE.at(FieldPath.parse("/spec/*")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void knowsLines() {
    assertThat(SAMPLE.lineOf(FieldPath.parse("/spec/items/[name=web]/port"))).isEqualTo(5);
    assertThat(SAMPLE.lineOf(FieldPath.parse("/data/0"))).isEqualTo(7);
    assertThat(SAMPLE.lineOf(FieldPath.parse("/spec/items/0"))).isZero();
    assertThat(SAMPLE.lineOf(FieldPath.parse("/none"))).isZero();
  }

  @Test
  void writesCanonicalJson() {
    Document document =
        Document.of(
            Mapping.builder()
                .put("\uE000", Null.INSTANCE)
                .put("😀", Numeral.of(1.0))
                .put("a", Sequence.of(Text.of("\"\\\n\u0001é\ud800"), Bool.FALSE))
                .build());
    assertThat(new String(document.canonicalJson(), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":[\"\\\"\\\\\\n\\u0001é\\ud800\",false],\"😀\":1,\"\uE000\":null}");
  }

  @Test
  void digestsLongTextInPieces() {
    Document document =
        Document.of(Sequence.of(Text.of("é".repeat(20_000)), Text.of("😀".repeat(5_000))));
    assertThat(document.digest()).isEqualTo(ContentDigest.of(document.canonicalJson()));
  }

  @Test
  void textFormsHideContent() {
    Value secret = Text.of("hunter2");
    Value all = Mapping.builder().put("k", Sequence.of(secret, Numeral.of(4711))).build();
    assertThat(all + " " + secret + " " + Numeral.of(4711) + " " + Document.of(all))
        .doesNotContain("hunter2")
        .doesNotContain("4711");
  }

  @Property(tries = 500)
  void equalTreesHaveEqualDigests(@ForAll("pairs") Tuple2<Value, Value> pair) {
    Document one = Document.of(pair.get1());
    Document two = Document.of(pair.get2());
    assertThat(one.digest().equals(two.digest())).isEqualTo(one.equals(two));
    if (one.equals(two)) {
      assertThat(one.hashCode()).isEqualTo(two.hashCode());
    }
  }

  @Property(tries = 300)
  void keyOrderDoesNotCount(@ForAll("trees") Value tree) {
    Value turned = reversed(tree);
    assertThat(turned).isEqualTo(tree).hasSameHashCodeAs(tree);
    assertThat(Document.of(turned).canonicalJson()).isEqualTo(Document.of(tree).canonicalJson());
  }

  private static Value reversed(Value value) {
    if (value instanceof Mapping mapping) {
      Mapping.Builder builder = Mapping.builder();
      for (int i = mapping.size() - 1; i >= 0; i--) {
        builder.put(mapping.key(i), reversed(mapping.value(i)));
      }
      return builder.build();
    }
    if (value instanceof Sequence sequence) {
      Sequence.Builder builder = Sequence.builder();
      for (int i = 0; i < sequence.size(); i++) {
        builder.add(reversed(sequence.get(i)));
      }
      return builder.build();
    }
    return value;
  }

  @Provide
  Arbitrary<Value> trees() {
    return ValueTrees.trees();
  }

  @Provide
  Arbitrary<Tuple2<Value, Value>> pairs() {
    return ValueTrees.pairs();
  }

  @Test
  void aDeferredTreeIsMadeOnceWhenItIsAskedFor() {
    AtomicInteger made = new AtomicInteger();
    Document document =
        Document.deferred(
            () -> {
              made.incrementAndGet();
              return Text.of("content");
            });
    assertThat(made).hasValue(0);
    assertThat(document).isEqualTo(Document.of(Text.of("content")));
    assertThat(document.root()).isEqualTo(Text.of("content"));
    assertThat(made).hasValue(1);
  }
}
