package io.github.gitops4j.examples.readme;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.testkit.git.TestRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that opens the README is compiled from there, and run. */
class ReadmeTest {
  private static final Path README =
      Path.of(requireNonNull(System.getProperty("gitops.root")), "README.md");
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?public static void main.*?)```", Pattern.DOTALL);

  @TempDir Path temp;

  @Test
  void theFirstProgramDoesWhatItSays() throws Exception {
    try (TestRepository repository = TestRepository.create(temp.resolve("shop.git"))) {
      repository.commit().put("prod/shop.yaml", "replicas: 2\n").create();
      Path live = Files.createDirectory(temp.resolve("live"));
      String program =
          program()
              .replace("https://git.example.com/shop.git", repository.uri().toString())
              .replace(
                  "GitCache.open(Path.of(\"/var/cache/shop\"), JGitIsolation.install())", cache())
              .replace("/srv/shop", live.toString());
      String printed = run(compile(program));
      assertThat(live.resolve("shop.yaml")).hasContent("replicas: 2\n");
      assertThat(printed).contains("+ create     shop.yaml").contains("created      shop.yaml");
    }
  }

  @Test
  void theFirstProgramHasFifteenLines() throws IOException {
    assertThat(program().lines().filter(line -> !line.startsWith("import") && !line.isBlank()))
        .hasSizeLessThanOrEqualTo(15);
  }

  /** A repository of this machine instead of one on the network. */
  private String cache() {
    return "GitCache.builder(Path.of(\""
        + temp.resolve("cache")
        + "\"), JGitIsolation.install()).allowFile().build()";
  }

  private static String program() throws IOException {
    Matcher matcher = PROGRAM.matcher(Files.readString(README));
    assertThat(matcher.find()).as("a program in the README").isTrue();
    return requireNonNull(matcher.group(1));
  }

  private Path compile(String program) throws IOException {
    Path source = Files.writeString(temp.resolve("Shop.java"), program);
    Path classes = Files.createDirectory(temp.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    List<String> options =
        List.of(
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            classes.toString(),
            source.toString());
    int result = compiler.run(null, errors, errors, options.toArray(String[]::new));
    assertThat(result).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    return classes;
  }

  private static String run(Path classes) throws Exception {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    URL[] path = {classes.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path)) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      loader
          .loadClass("Shop")
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }
}
