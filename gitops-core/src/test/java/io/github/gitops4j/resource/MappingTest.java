package io.github.gitops4j.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MappingTest {
  @Test
  void keepsOrderOfWriting() {
    Mapping mapping =
        Mapping.builder()
            .put("b", Bool.TRUE, 1)
            .put("a", Bool.FALSE)
            .set("b", Null.INSTANCE)
            .build();
    assertThat(mapping.keys()).containsExactly("b", "a");
    assertThat(mapping.get("b")).contains(Null.INSTANCE);
    assertThat(mapping.get("c")).isEmpty();
  }

  @Test
  void refusesKeyTwice() {
    Mapping.Builder builder = Mapping.builder().put("a", Bool.TRUE);
    assertThatThrownBy(() -> builder.put("a", Bool.TRUE))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.putIfAbsent("a", Bool.FALSE, 3)).isFalse();
    assertThat(builder.build().get("a")).contains(Bool.TRUE);
  }

  @Test
  void findsEachOfManyKeys() {
    Mapping.Builder builder = Mapping.builder();
    for (int i = 0; i < 1000; i++) {
      builder.put("key" + i, Numeral.of(i), i + 1);
    }
    Mapping mapping = builder.build();
    for (int i = 0; i < 1000; i++) {
      assertThat(mapping.indexOf("key" + i)).isEqualTo(i);
      assertThat(mapping.line(i)).isEqualTo(i + 1);
    }
    assertThat(mapping.indexOf("key1000")).isEqualTo(-1);
    assertThat(builder.putIfAbsent("key999", Bool.TRUE, 0)).isFalse();
  }

  @Test
  void builderGoesOnWithoutChangingWhatItBuilt() {
    Mapping.Builder builder = Mapping.builder();
    for (int i = 0; i < 20; i++) {
      builder.put("key" + i, Bool.TRUE);
    }
    Mapping first = builder.build();
    builder.put("late", Bool.TRUE).set("key0", Bool.FALSE);
    assertThat(first.size()).isEqualTo(20);
    assertThat(first.indexOf("late")).isEqualTo(-1);
    assertThat(first.get("key0")).contains(Bool.TRUE);
  }

  @Test
  @SuppressWarnings({"StringOperationCanBeSimplified", "ReferenceEquality"})
  void sharesEqualKeys() {
    Mapping one = Mapping.builder().put(new String("metadata"), Bool.TRUE).build();
    Mapping two = Mapping.builder().put(new String("metadata"), Bool.TRUE).build();
    assertThat(one.key(0)).isSameAs(two.key(0));
  }

  @Test
  void keysCannotBeChanged() {
    Mapping mapping = Mapping.builder().put("a", Bool.TRUE).build();
    assertThatThrownBy(() -> mapping.keys().set(0, "b"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aTextIsGivenOnlyWhereThereIsOne() {
    Mapping mapping = Mapping.builder().put("a", Text.of("b")).put("n", Numeral.of(1)).build();

    assertThat(mapping.text("a")).contains("b");
    assertThat(mapping.text("n")).isEmpty();
    assertThat(mapping.text("missing")).isEmpty();
    assertThat(Document.of(mapping).text(FieldPath.parse("/a"))).contains("b");
    assertThat(Document.of(mapping).text(FieldPath.parse("/n"))).isEmpty();
    assertThat(Document.of(mapping).text(FieldPath.parse("/a/b"))).isEmpty();
  }

  @Test
  void aBuilderOfAnObjectHasItsFieldsAndLinesAndLeavesItAsItIs() {
    Mapping.Builder many = Mapping.builder();
    for (int i = 0; i < 100; i++) {
      many.put("key" + i, Numeral.of(i), i + 1);
    }
    Mapping before = many.build();

    Mapping after = before.toBuilder().set("key7", Text.of("new")).put("more", Bool.TRUE).build();

    assertThat(after.size()).isEqualTo(101);
    assertThat(after.text("key7")).contains("new");
    assertThat(after.key(42)).isEqualTo("key42");
    assertThat(after.line(42)).isEqualTo(43);
    assertThat(before.get("key7")).contains(Numeral.of(7));
  }
}
