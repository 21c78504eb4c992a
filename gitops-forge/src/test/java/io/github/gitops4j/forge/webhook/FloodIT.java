package io.github.gitops4j.forge.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand deliveries from fifty senders, in a process with 128 MB. */
class FloodIT {
  @TempDir Path directory;

  @Test
  void aFloodIsHeldOffAndTheNewestRevisionIsApplied() throws Exception {
    Path errors = directory.resolve("errors");
    Process process = FloodProcess.start(errors);
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();

    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    assertThat(said).contains("live=10000");
    assertThat(number("200=(\\d+)", said)).as(said).isGreaterThan(1_000);
    assertThat(number("401=(\\d+)", said)).as(said).isBetween(1, 1_000);
    assertThat(said).containsPattern("answers=\\{((0|200|401|503)=\\d+(, )?)+}");
    assertThat(number("atOnce=(\\d+)", said)).isEqualTo(1);
    assertThat(number("passes=(\\d+)", said)).isBetween(2, 10_000);
  }

  private static int number(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Integer.parseInt(matcher.group(1));
  }
}
