package io.github.gitops4j.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumeralTest {
  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.0, 1",
    "-0, 0",
    "-0.0, 0",
    "1e3, 1000",
    "100.5e-1, 10.05",
    "0.1, 0.1",
    "0.000001, 0.000001",
    "0.0000001, 1e-7",
    "1.5e-9, 1.5e-9",
    "1e20, 100000000000000000000",
    "1e21, 1e+21",
    "2e23, 2e+23",
    "5e-324, 5e-324",
    "1e-400, 0",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "9007199254740993, 9007199254740993",
    "9223372036854775808, 9223372036854775808",
    "18446744073709551615, 18446744073709551615",
    "18446744073709551616, 18446744073709552000",
    "-9223372036854775808, -9223372036854775808",
    "-9223372036854775809, -9223372036854776000",
    "1234567890123456789.0, 1234567890123456800",
    "123456789012345678901, 123456789012345680000",
  })
  void hasOneTextForEachValue(String json, String canonical) {
    assertThat(Numeral.parse(json).toJson()).isEqualTo(canonical);
    assertThat(Numeral.parse(canonical)).isEqualTo(Numeral.parse(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-", "01", "+1", ".5", "1.", "1e", "1e+", "0x1", "1_0", "NaN", "1 ", "1e400"})
  void refusesWhatIsNoNumber(String text) {
    assertThatThrownBy(() -> Numeral.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesInfinity() {
    assertThatThrownBy(() -> Numeral.of(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Numeral.of(Double.POSITIVE_INFINITY))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tellsIntegersThatFitLong() {
    assertThat(Numeral.of(5.0).asLong()).hasValue(5);
    assertThat(Numeral.of(5.5).asLong()).isEmpty();
    assertThat(Numeral.of(BigInteger.ONE.shiftLeft(63)).asLong()).isEmpty();
    assertThat(Numeral.of(BigInteger.ONE.shiftLeft(63)).doubleValue()).isEqualTo(0x1p63);
  }

  @Property
  void floatsKeepTheirValue(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (Double.isFinite(value)) {
      Numeral numeral = Numeral.of(value);
      assertThat(Double.parseDouble(numeral.toJson())).isEqualTo(value + 0.0);
      assertThat(numeral.doubleValue()).isEqualTo(value + 0.0);
      assertThat(numeral.toBigDecimal()).isEqualByComparingTo(new BigDecimal(numeral.toJson()));
    }
  }

  @Property
  void integersKeepTheirText(@ForAll long value) {
    assertThat(Numeral.of(value).toJson()).isEqualTo(Long.toString(value));
    assertThat(Numeral.parse(Long.toUnsignedString(value)).toJson())
        .isEqualTo(Long.toUnsignedString(value));
  }
}
