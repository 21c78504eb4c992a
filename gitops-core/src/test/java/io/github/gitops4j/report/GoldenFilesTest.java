package io.github.gitops4j.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every format of every sample is the file of its name in {@code src/test/resources/report}. What a
 * run made is in {@code target/golden}, to look at and to copy when a change is meant.
 */
final class GoldenFilesTest {
  private static final Map<String, ReportFormat> FORMATS =
      Map.of(
          "txt", TextRenderer.plain(),
          "json", JsonFormat.create(),
          "md", MarkdownFormat.create(),
          "xml", JUnitFormat.create(),
          "sarif", SarifFormat.create(),
          "annotations", AnnotationsFormat.create(),
          "code-quality", CodeQualityFormat.create());

  static Stream<Arguments> cases() {
    return FORMATS.keySet().stream()
        .sorted()
        .flatMap(format -> Samples.all().keySet().stream().map(name -> name + "." + format))
        .map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAsRecorded(String file) throws IOException {
    String made = made(file);

    keep(file, made);
    assertThat(made).isEqualTo(recorded(file));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void showsNothingUnseen(String file) {
    String made = made(file);

    assertThat(made.codePoints().filter(c -> c != '\n').noneMatch(Printable::isHidden)).isTrue();
    assertThat(made.isEmpty() || made.endsWith("\n")).isTrue();
  }

  private static String made(String file) {
    int dot = file.indexOf('.');
    ReportFormat format = requireNonNull(FORMATS.get(file.substring(dot + 1)));
    return format.render(requireNonNull(Samples.all().get(file.substring(0, dot))));
  }

  private static void keep(String file, String made) throws IOException {
    Path directory = Files.createDirectories(Path.of("target", "golden"));
    Files.writeString(directory.resolve(file), made);
  }

  private static String recorded(String file) {
    try (InputStream in = GoldenFilesTest.class.getResourceAsStream("/report/" + file)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
