package io.github.gitops4j.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TreeEntryTest {
  @Test
  void aByteThatIsNoUtf8IsSpelledInHexadecimal() {
    byte[] latin = "caf\u00e9/\u00ff.yaml".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(TreeEntry.spelled(latin)).isEqualTo("caf\ufffde9/\ufffdff.yaml");
    assertThat(TreeEntry.spelled(new byte[] {(byte) 0xe2, (byte) 0x82}))
        .isEqualTo("\ufffde2\ufffd82");
  }

  @Property
  void textIsSpelledAsItIs(@ForAll String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(TreeEntry.spelled(bytes)).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @Property
  void differentNamesStayDifferent(@ForAll byte[] one, @ForAll byte[] other) {
    Assume.that(!Arrays.equals(one, other));
    assertThat(TreeEntry.spelled(one)).isNotEqualTo(TreeEntry.spelled(other));
  }
}
