package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.zafarkhaja.semver.Version;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
  private static final List<String> VERSIONS =
      List.of(
          "0.0.3",
          "0.0.4",
          "0.1.0",
          "0.2.9",
          "1.1.9",
          "1.2.0-rc.1",
          "1.2.0",
          "1.2.3",
          "1.5.0-rc.1",
          "1.9.9",
          "2.0.0-alpha",
          "2.0.0",
          "3.1.0");

  private static String matches(String range) {
    VersionRange parsed = VersionRange.parse(range);
    return String.join(
        " ", VERSIONS.stream().filter(version -> parsed.contains(Version.parse(version))).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        ">=1.2 <2 : 1.2.0 1.2.3 1.9.9",
        ">=1.2, <2 : 1.2.0 1.2.3 1.9.9",
        ">=1.2,<2 : 1.2.0 1.2.3 1.9.9",
        ">= v1.2.3 < v2 : 1.2.3 1.9.9",
        ">1.2 : 1.9.9 2.0.0 3.1.0",
        ">1.2.3 : 1.9.9 2.0.0 3.1.0",
        "<=1.2 : 0.0.3 0.0.4 0.1.0 0.2.9 1.1.9 1.2.0 1.2.3",
        "<=1.2.0 : 0.0.3 0.0.4 0.1.0 0.2.9 1.1.9 1.2.0",
        "<0.1 : 0.0.3 0.0.4",
        "1.2 : 1.2.0 1.2.3",
        "=1.2.3 : 1.2.3",
        "1.2.3+build : 1.2.3",
        "1.x : 1.1.9 1.2.0 1.2.3 1.9.9",
        "1.2.* : 1.2.0 1.2.3",
        "1.X.X : 1.1.9 1.2.0 1.2.3 1.9.9",
        "1 !=1.9.9 : 1.1.9 1.2.0 1.2.3",
        "1 !=1.2 : 1.1.9 1.9.9",
        "~1 : 1.1.9 1.2.0 1.2.3 1.9.9",
        "~1.2.1 : 1.2.3",
        "~>1.2 : 1.2.0 1.2.3",
        "^1.2 : 1.2.0 1.2.3 1.9.9",
        "^0 : 0.0.3 0.0.4 0.1.0 0.2.9",
        "^0.0 : 0.0.3 0.0.4",
        "^0.0.3 : 0.0.3",
        "^0.2.3 : 0.2.9",
        "1.2 - 1.9 : 1.2.0 1.2.3 1.9.9",
        "1.2.1 - 2.0.0 : 1.2.3 1.9.9 2.0.0",
        "~1.2 || >=3 : 1.2.0 1.2.3 3.1.0"
      })
  void aRangeHoldsItsVersions(String range, String versions) {
    assertThat(matches(range)).isEqualTo(versions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "x", "X", ">=0", "^*", "~x"})
  void everythingIsEveryRelease(String range) {
    assertThat(matches(range))
        .isEqualTo("0.0.3 0.0.4 0.1.0 0.2.9 1.1.9 1.2.0 1.2.3 1.9.9 2.0.0 3.1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      value = {
        ">=1.2.0-0 <1.6 : 1.2.0-rc.1 1.2.0 1.2.3 1.5.0-rc.1",
        ">=1.2-0 <2 : 1.2.0-rc.1 1.2.0 1.2.3 1.5.0-rc.1 1.9.9",
        "^1.2.0-0 : 1.2.0-rc.1 1.2.0 1.2.3 1.5.0-rc.1 1.9.9",
        "~1.2.0-rc.1 : 1.2.0-rc.1 1.2.0 1.2.3",
        "1.2.0-rc.1 : 1.2.0-rc.1",
        ">=1.9.9-0 <2.0.0 : 1.9.9 2.0.0-alpha",
        "1.2.0-0 - 1.2.2 : 1.2.0-rc.1 1.2.0",
        "~1.2 || >=2.0.0-0 <3 : 1.2.0 1.2.3 2.0.0-alpha 2.0.0"
      })
  void preReleasesCountWhereTheRangeNamesOne(String range, String versions) {
    assertThat(matches(range)).isEqualTo(versions);
  }

  /** Libraries for npm's ranges read several of these as "anything", or leave a part out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "foo",
        "latest",
        ">=",
        "1.2.3.4",
        ">1.2 foo",
        "[1,2)",
        "=>>1.2",
        "1.2 ||",
        "|| 1",
        "1 | 2",
        ">=1.2 & <2",
        "x.2",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3-a..b",
        "99999999999999999999",
        "1.2 -",
        "-1",
        ">=1.2; <2",
        "1.2,",
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThatThrownBy(() -> VersionRange.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a range of versions");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.3",
    "v1.2.3, 1.2.3",
    "v1, 1.0.0",
    "1.2, 1.2.0",
    "v2025.02.03, 2025.2.3",
    "v1.2.3-rc.1+b.5, 1.2.3-rc.1+b.5",
    "1.2.3-x, 1.2.3-x"
  })
  void aTagIsAVersion(String tag, String version) {
    assertThat(PartialVersion.ofTag(tag)).contains(Version.parse(version));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"release-1.2.3", "app/1.2.3", "1.2.3.4", "1.x", "v", "latest", "1.2.3-01"})
  void aTagThatIsNoVersionIsPassedOver(String tag) {
    assertThat(PartialVersion.ofTag(tag)).isEqualTo(Optional.empty());
  }

  @Test
  void aNumberThatIsTooLongIsNoVersion() {
    assertThat(PartialVersion.ofTag("9".repeat(40))).isEmpty();
  }
}
