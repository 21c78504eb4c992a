package io.github.gitops4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PrintableTest {
  @ParameterizedTest
  @CsvSource({
    "10,a",
    "27,1b",
    "155,9b",
    "8238,202e",
    "8203,200b",
    "917505,e0001",
    "917761,e0101",
    "55296,d800",
    "12644,3164",
    "847,34f"
  })
  void writesWhatIsNotSeenAsANumber(int point, String hex) {
    assertThat(Printable.of("x" + Character.toString(point) + "y")).isEqualTo("x\\u{" + hex + "}y");
  }

  @ParameterizedTest
  @CsvSource({"plain text", "ünïcode", "日本語", "😀", "⚠️"})
  void leavesWhatIsSeen(String text) {
    assertThat(Printable.of(text)).isEqualTo(text);
  }

  @Property(tries = 500)
  void leavesNothingUnseen(@ForAll String text) {
    assertThat(Printable.of(text).codePoints().noneMatch(Printable::isHidden)).isTrue();
  }
}
