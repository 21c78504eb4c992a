package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressLineTest {
  private static final String WIPE = "\r\u001b[K";

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long millis;

  @Test
  void longWorkIsShownAtMostTenTimesASecondAndWipedAtTheEnd() {
    try (ProgressLine line = line(Console.Screen.TERMINAL)) {
      line.progress("read", 1, -1);
      assertThat(said()).isEmpty();
      millis = 700;
      line.progress("read", 2, -1);
      millis = 799;
      line.progress("read", 3, -1);
      millis = 800;
      line.progress("stage", 4, 10);
    }

    assertThat(said()).isEqualTo(WIPE + "read 2" + WIPE + "stage 4 of 10" + WIPE);
  }

  @Test
  void shortWorkShowsNothing() {
    try (ProgressLine line = line(Console.Screen.TERMINAL)) {
      millis = 699;
      line.progress("read", 1, 1);
    }

    assertThat(said()).isEmpty();
  }

  @Test
  void nothingIsShownWhereErrorsGoToNoTerminal() {
    try (ProgressLine line = line(Console.Screen.PIPE)) {
      millis = 5_000;
      line.progress("read", 1, 2);
    }

    assertThat(said()).isEmpty();
  }

  private ProgressLine line(Console.Screen screen) {
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(), stream, stream, Map.of(), Console.Screen.PIPE, screen);
    return ProgressLine.on(console, () -> TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
