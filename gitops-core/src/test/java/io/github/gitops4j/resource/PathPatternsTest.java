package io.github.gitops4j.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathPatternsTest {
  @ParameterizedTest
  @CsvSource({
    "envs/*, envs/dev, true",
    "envs/*, envs/dev/base, false",
    "envs/*, envs, false",
    "envs/d?v, envs/dev, true",
    "envs/d?v, envs/d/v, false",
    "**, a/b/c, true",
    "**/app.yaml, app.yaml, true",
    "**/app.yaml, a/b/app.yaml, true",
    "envs/**/app.yaml, envs/app.yaml, true",
    "envs/**/app.yaml, envs/a/b/app.yml, false",
    "a/**/b/**/c, a/b/b/x/c, true",
    "a/**/b/**/c, a/x/c, false",
  })
  void starsStayWithinAPartAndDoubleStarsGoOverParts(String glob, String path, boolean isTaken) {
    assertThat(PathPatterns.of(List.of(glob), List.of()).take(path)).isEqualTo(isTaken);
  }

  @Test
  void whatIsRefusedIsNotTaken() {
    PathPatterns patterns =
        PathPatterns.of(List.of("envs/*", "more/*"), List.of("envs/t*", "**/old"));
    assertThat(List.of("envs/dev", "envs/test", "more/test", "more/old").stream())
        .filteredOn(patterns::take)
        .containsExactly("envs/dev", "more/test");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/envs", "envs/", "envs//a", "envs/../a", "./envs", "envs/a**"})
  void aPatternThatCouldTakeNothingIsAMistake(String pattern) {
    assertThatThrownBy(() -> PathPatterns.of(List.of(pattern), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not \"" + pattern + "\"");
  }

  @Property
  void agreesWithARegularExpression(@ForAll("globs") String glob, @ForAll("paths") String path) {
    String regex =
        ("/" + glob)
            .replace("/**", "(?:/[^/]+)@")
            .replace("*", "[^/]*")
            .replace('@', '*')
            .replace("?)", "\u0000")
            .replaceAll("(?<!\\()\\?", "[^/]")
            .replace("\u0000", "?)");
    assertThat(PathPatterns.of(List.of(glob), List.of()).take(path))
        .isEqualTo(Pattern.matches(regex, "/" + path));
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.of("a", "b", "*", "**", "?", "a*", "*b", "a?")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> String.join("/", parts));
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.of("a", "b", "ab", "aab")
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(parts -> String.join("/", parts));
  }
}
