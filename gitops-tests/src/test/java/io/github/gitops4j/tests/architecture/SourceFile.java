package io.github.gitops4j.tests.architecture;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import io.github.gitops4j.tests.files.SourceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java source, parsed but not compiled; the name is relative to the root of the build. */
record SourceFile(String name, String text, CompilationUnitTree tree, DocTrees trees) {

  static SourceFile parse(String name, String text) {
    return parseAll(List.of(new Text(name, text))).get(0);
  }

  /** Every Java source of every module below the root. */
  static List<SourceFile> below(Path root) throws IOException {
    try (Stream<Path> modules = Files.list(root)) {
      return modules
          .filter(module -> Files.exists(module.resolve("pom.xml")))
          .map(module -> module.resolve("src"))
          .filter(Files::isDirectory)
          .flatMap(sources -> SourceFiles.javaBelow(sources).stream())
          .sorted()
          .map(
              file ->
                  new Text(
                      root.relativize(file).toString().replace('\\', '/'), SourceFiles.read(file)))
          .collect(Collectors.collectingAndThen(Collectors.toList(), SourceFile::parseAll));
    }
  }

  boolean isMain() {
    return name.contains("/src/main/");
  }

  String module() {
    return name.substring(0, name.indexOf('/'));
  }

  int lines() {
    return (int) text.lines().count();
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<SourceFile> parseAll(List<Text> texts) {
    JavacTask task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, List.of("-proc:none"), null, texts);
    // The compiler wraps what it is given, so a unit is told by its URI.
    Map<URI, Text> byUri =
        texts.stream().collect(Collectors.toMap(Text::toUri, Function.identity()));
    List<SourceFile> files = new ArrayList<>();
    try {
      for (CompilationUnitTree unit : task.parse()) {
        Text text = requireNonNull(byUri.get(unit.getSourceFile().toUri()));
        files.add(new SourceFile(text.name, text.content, unit, DocTrees.instance(task)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  private static final class Text extends SimpleJavaFileObject {
    private final String name;
    private final String content;

    Text(String name, String content) {
      super(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE);
      this.name = name;
      this.content = content;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return content;
    }
  }
}
