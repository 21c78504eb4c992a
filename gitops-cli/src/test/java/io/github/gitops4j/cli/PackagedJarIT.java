package io.github.gitops4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is in the jar that people get. */
final class PackagedJarIT {
  @Test
  void noticeNamesThePackagesOfEverybody() throws IOException {
    try (JarFile jar = new JarFile(GitopsProcess.packaged("gitops.jar").toFile())) {
      List<String> named = text(jar, "META-INF/NOTICE").lines().map(PackagedJarIT::word).toList();
      List<String> unnamed =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.endsWith(".class"))
              .map(name -> name.replace('/', '.'))
              .filter(name -> !name.startsWith("io.github.gitops4j."))
              .filter(name -> named.stream().noneMatch(own -> name.startsWith(own + ".")))
              .toList();

      assertThat(unnamed).isEmpty();
      assertThat(text(jar, "META-INF/LICENSE")).contains("Apache License");
    }
  }

  @Test
  void everyClassIsThereOnceAndForAllVersionsOfJava() throws IOException {
    try (JarFile jar = new JarFile(GitopsProcess.packaged("gitops.jar").toFile())) {
      assertThat(jar.isMultiRelease()).isFalse();
      assertThat(jar.stream().map(ZipEntry::getName))
          .doesNotHaveDuplicates()
          .noneMatch(name -> name.startsWith("META-INF/versions/"))
          .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"));
      assertThat(jar.getManifest().getMainAttributes().getValue("Implementation-Version"))
          .matches("[0-9]+\\.[0-9]+\\.[0-9]+.*");
    }
  }

  private static String word(String line) {
    return line.startsWith("  ") ? line.strip().split(" ", 2)[0] : "nothing";
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
