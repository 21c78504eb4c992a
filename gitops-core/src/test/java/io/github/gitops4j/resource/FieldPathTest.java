package io.github.gitops4j.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldPathTest {
  @Test
  void readsEachKindOfSegment() {
    assertThat(FieldPath.parse("/spec/containers/[name=web]/ports/[port=80,protocol=TCP]/0/*"))
        .isEqualTo(
            FieldPath.root()
                .field("spec")
                .field("containers")
                .keyed(Map.of("name", "web"))
                .field("ports")
                .keyed(Map.of("protocol", "TCP", "port", "80"))
                .index(0)
                .any());
  }

  @Test
  void escapesWhatWouldMeanSomethingElse() {
    FieldPath path =
        FieldPath.root()
            .field("example.com/x~y")
            .field("*")
            .field("[a]")
            .field("")
            .field("a*[=,]")
            .keyed(Map.of("a=b", "c,d]/~*"));
    assertThat(path.toString()).isEqualTo("/example.com~1x~0y/~2/~3a]//a*[=,]/[a~5b=c~4d~6~1~0~2]");
    assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
  }

  @Test
  void takesDigitsForIndexAndLongDigitsForName() {
    assertThat(FieldPath.root().field("12")).isEqualTo(FieldPath.root().index(12));
    assertThat(FieldPath.parse("/007").segments()).containsExactly(new PathSegment.Field("007"));
    assertThat(FieldPath.parse("/99999999999").segments())
        .containsExactly(new PathSegment.Field("99999999999"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "x, 1",
        "/[a, 4",
        "/[a], 3",
        "/[], 3",
        "/~9, 2",
        "/a~, 3",
        "/[a=b=c], 6",
        "\"/[a=1,]\", 7",
        "\"/[a=1,a=2]\", 7",
      })
  void saysWhereTextIsWrong(String text, int character) {
    assertThatThrownBy(() -> FieldPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("wrong at character " + character + ":");
  }

  @Test
  void patternsTakePaths() {
    FieldPath pattern = FieldPath.parse("/spec/*/[name=web]");
    assertThat(pattern.matches(FieldPath.parse("/spec/containers/[name=web]"))).isTrue();
    assertThat(pattern.matches(FieldPath.parse("/spec/x/[name=web,port=1]"))).isTrue();
    assertThat(pattern.matches(FieldPath.parse("/spec/x/[name=db]"))).isFalse();
    assertThat(pattern.matches(FieldPath.parse("/spec/x/[name=web]/image"))).isFalse();
    assertThat(pattern.covers(FieldPath.parse("/spec/x/[name=web]/image"))).isTrue();
    assertThat(pattern.covers(FieldPath.parse("/spec/x"))).isFalse();
    assertThat(FieldPath.root().covers(pattern)).isTrue();
  }

  @Test
  void prefixIsLiteral() {
    assertThat(FieldPath.parse("/a/b").isPrefixOf(FieldPath.parse("/a/b/c"))).isTrue();
    assertThat(FieldPath.parse("/a/b").isPrefixOf(FieldPath.parse("/a/bc"))).isFalse();
    assertThat(FieldPath.parse("/*").isPrefixOf(FieldPath.parse("/a"))).isFalse();
  }

  @Test
  void ordersParentFirstAndIndexesByNumber() {
    List<FieldPath> paths = new ArrayList<>();
    for (String text : List.of("/b", "/a/10", "/a/2", "/a", "", "/a/[k=v]", "/a/x", "/*")) {
      paths.add(FieldPath.parse(text));
    }
    paths.sort(null);
    assertThat(paths)
        .extracting(FieldPath::toString)
        .containsExactly("", "/a", "/a/2", "/a/10", "/a/x", "/a/[k=v]", "/b", "/*");
  }

  @Property
  void textFormReadsBack(@ForAll("paths") FieldPath path) {
    assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
  }

  @Property
  void orderAgreesWithEquality(@ForAll("paths") FieldPath one, @ForAll("paths") FieldPath two) {
    assertThat(one.compareTo(two) == 0).isEqualTo(one.equals(two));
    assertThat(Integer.signum(one.compareTo(two))).isEqualTo(-Integer.signum(two.compareTo(one)));
  }

  @Provide
  Arbitrary<FieldPath> paths() {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("ab~/*[]=,01 é").ofMaxLength(4), ValueTrees.texts());
    Arbitrary<PathSegment> segments =
        Arbitraries.oneOf(
            names.map(name -> FieldPath.root().field(name).segments().get(0)),
            Arbitraries.integers().between(0, 999_999_999).map(PathSegment.Index::new),
            Arbitraries.maps(names, names).ofMinSize(1).ofMaxSize(3).map(PathSegment.Keyed::new),
            Arbitraries.just(new PathSegment.Any()));
    return segments.list().ofMaxSize(5).map(FieldPath::of);
  }
}
