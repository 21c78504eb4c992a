package io.github.gitops4j.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SourceRulesTest {
  private static final Set<String> UNPUBLISHED =
      Set.of("gitops-examples", "gitops-benchmarks", "gitops-tests");

  private static List<SourceFile> sources = List.of();

  @BeforeAll
  static void readSources() throws IOException {
    sources = SourceFile.below(Path.of(System.getProperty("gitops.root", "..")));
  }

  @Test
  void seesMainAndTestSources() {
    assertThat(sources).filteredOn(SourceFile::isMain).hasSizeGreaterThan(200);
    assertThat(sources).filteredOn(file -> !file.isMain()).hasSizeGreaterThan(30);
  }

  @Test
  void filesAreShort() {
    assertThat(SourceRules.longFiles(sources)).isEmpty();
    assertThat(SourceRules.longFiles(List.of(main("class A {}" + "\n".repeat(501))))).hasSize(1);
    assertThat(SourceRules.longFiles(List.of(test("class A {}" + "\n".repeat(501))))).isEmpty();
    assertThat(SourceRules.longFiles(List.of(test("class A {}" + "\n".repeat(801))))).hasSize(1);
  }

  @Test
  void methodsAreShort() {
    assertThat(SourceRules.longMethods(sources)).isEmpty();
    assertThat(SourceRules.longMethods(List.of(main(method(38))))).isEmpty();
    assertThat(SourceRules.longMethods(List.of(main(method(39)))))
        .containsExactly("gitops-core/src/main/java/A.java: run has 41 lines");
  }

  @Test
  void testsAreNeitherSkippedNorAsleep() {
    List<SourceFile> tests =
        sources.stream().filter(file -> !file.name().contains("/architecture/bad/")).toList();
    assertThat(SourceRules.skippedOrSleepingTests(tests)).isEmpty();
    String bad =
        """
        @Disabled
        class A {
          @org.junit.jupiter.api.Disabled("later")
          void a() throws Exception {
            assumeTrue(false);
            Assumptions.assumeThat(1).isEqualTo(2);
            Thread.sleep(1);
            TimeUnit.SECONDS.name();
          }
        }
        """;
    String file = "gitops-core/src/test/java/A.java:";
    assertThat(SourceRules.skippedOrSleepingTests(List.of(test(bad))))
        .containsExactly(
            file + "1 @Disabled",
            file + "3 @Disabled",
            file + "5 assumeTrue",
            file + "6 assumeThat",
            file + "7 sleep");
  }

  @Test
  void publicTypesSaySinceWhen() {
    List<SourceFile> published =
        sources.stream().filter(file -> !UNPUBLISHED.contains(file.module())).toList();
    assertThat(SourceRules.publicTypesWithoutSince(published)).isEmpty();
    assertThat(
            SourceRules.publicTypesWithoutSince(
                List.of(
                    main("public class A {}"),
                    main("/** Text only. */ public interface A {}"),
                    main("/** Text. @since 0.1.0 */ public record A() {}"),
                    main("class A {}"))))
        .hasSize(2);
  }

  private static SourceFile main(String text) {
    return SourceFile.parse("gitops-core/src/main/java/A.java", text);
  }

  private static SourceFile test(String text) {
    return SourceFile.parse("gitops-core/src/test/java/A.java", text);
  }

  private static String method(int statements) {
    return "class A {\n  void run() {\n" + "    run();\n".repeat(statements) + "  }\n}\n";
  }
}
