package io.github.gitops4j.tests.docs;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * Compiles the Java of pages against the class path of this test, with the imports that a reader
 * would let the editor add.
 */
final class SnippetCompiler {
  private static final List<String> MODULES =
      List.of(
          "gitops-core", "gitops-git", "gitops-filesystem", "gitops-testkit", "gitops-testkit-git");
  private static final List<String> OTHERS =
      List.of(
          "java.io.*",
          "java.net.URI",
          "java.nio.charset.StandardCharsets",
          "java.nio.file.Files",
          "java.nio.file.Path",
          "java.time.*",
          "java.util.*",
          "java.util.concurrent.*",
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.io.TempDir",
          "static org.assertj.core.api.Assertions.*");

  private final List<String> imports = new ArrayList<>(OTHERS);

  SnippetCompiler(Path root) throws IOException {
    for (String module : MODULES) {
      Path sources = root.resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.endsWith("package-info.java"))
            .map(file -> sources.relativize(requireNonNull(file.getParent())).toString())
            .map(name -> name.replace('\\', '/').replace('/', '.') + ".*")
            .sorted()
            .forEach(imports::add);
      }
    }
  }

  /** Compiles into a directory, and returns what is wrong by page and line. */
  List<String> compile(List<Snippet> snippets, Path output) {
    List<Unit> units = new ArrayList<>();
    for (int i = 0; i < snippets.size(); i++) {
      units.add(new Unit(i, snippets.get(i), snippets.get(i).unit("snippets.s" + i, imports)));
    }
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    List<String> options =
        List.of(
            "-proc:none",
            "-d",
            output.toString(),
            "-cp",
            requireNonNull(System.getProperty("java.class.path")));
    compiler.getTask(null, null, found, options, null, units).call();
    return found.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(SnippetCompiler::shown)
        .toList();
  }

  private static String shown(Diagnostic<? extends JavaFileObject> error) {
    JavaFileObject source = error.getSource();
    if (source == null) {
      return error.getMessage(null);
    }
    String name = source.getName();
    String page = name.substring(name.indexOf('#') + 1);
    int begins = Integer.parseInt(page.substring(page.lastIndexOf(':') + 1));
    long line = error.getLineNumber() - Snippet.codeBegins() + begins;
    return page.substring(0, page.lastIndexOf(':')) + ":" + line + ": " + error.getMessage(null);
  }

  private static final class Unit extends SimpleJavaFileObject {
    private final Snippet snippet;
    private final String text;

    Unit(int index, Snippet snippet, String text) {
      super(URI.create("string:///snippets/s" + index + "/Snippet.java"), Kind.SOURCE);
      this.snippet = snippet;
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    /** A snippet may declare types of any names. */
    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return true;
    }

    @Override
    public String getName() {
      return super.getName() + "#" + snippet;
    }
  }
}
