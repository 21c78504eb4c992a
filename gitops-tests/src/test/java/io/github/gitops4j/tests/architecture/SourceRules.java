package io.github.gitops4j.tests.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The rules that source texts are held against; each gives its violations, none if all is well. */
final class SourceRules {
  static final int MAIN_LINES = 500;
  static final int TEST_LINES = 800;
  static final int METHOD_LINES = 40;

  private static final Set<String> SKIPPING_CALLS =
      Set.of("assumeTrue", "assumeFalse", "assumeThat", "assumingThat", "assumeThatCode");

  private SourceRules() {}

  static List<String> longFiles(List<SourceFile> files) {
    return files.stream()
        .filter(file -> file.lines() > (file.isMain() ? MAIN_LINES : TEST_LINES))
        .map(file -> file.name() + " has " + file.lines() + " lines")
        .toList();
  }

  static List<String> longMethods(List<SourceFile> files) {
    return files.stream()
        .filter(SourceFile::isMain)
        .flatMap(file -> scan(new LongMethods(file)).stream())
        .toList();
  }

  static List<String> skippedOrSleepingTests(List<SourceFile> files) {
    return files.stream()
        .filter(file -> !file.isMain())
        .flatMap(file -> scan(new SkipsAndSleeps(file)).stream())
        .toList();
  }

  static List<String> publicTypesWithoutSince(List<SourceFile> files) {
    return files.stream()
        .filter(SourceFile::isMain)
        .flatMap(file -> withoutSince(file).stream())
        .toList();
  }

  private static List<String> withoutSince(SourceFile file) {
    List<String> found = new ArrayList<>();
    TreePath unit = new TreePath(file.tree());
    for (Tree declared : file.tree().getTypeDecls()) {
      if (declared instanceof ClassTree type
          && type.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
        String comment = file.trees().getDocComment(new TreePath(unit, type));
        if (comment == null || !comment.contains("@since ")) {
          found.add(file.name() + " has no @since");
        }
      }
    }
    return found;
  }

  private static List<String> scan(Finder finder) {
    finder.scan(new TreePath(finder.file.tree()), null);
    return finder.found;
  }

  private abstract static class Finder extends TreePathScanner<@Nullable Void, @Nullable Void> {
    final SourceFile file;
    final List<String> found = new ArrayList<>();

    Finder(SourceFile file) {
      this.file = file;
    }

    final long startLine(Tree tree) {
      return lines().getLineNumber(positions().getStartPosition(file.tree(), tree));
    }

    final LineMap lines() {
      return file.tree().getLineMap();
    }

    final SourcePositions positions() {
      return file.trees().getSourcePositions();
    }
  }

  private static final class LongMethods extends Finder {
    LongMethods(SourceFile file) {
      super(file);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      CompilationUnitTree unit = file.tree();
      long end = positions().getEndPosition(unit, method);
      if (end >= 0) {
        long length = lines().getLineNumber(end) - startLine(method) + 1;
        if (length > METHOD_LINES) {
          found.add(file.name() + ": " + method.getName() + " has " + length + " lines");
        }
      }
      return super.visitMethod(method, unused);
    }
  }

  private static final class SkipsAndSleeps extends Finder {
    SkipsAndSleeps(SourceFile file) {
      super(file);
    }

    @Override
    public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void unused) {
      String name = lastName(annotation.getAnnotationType());
      if (name.startsWith("Disabled")
          || name.startsWith("EnabledIf")
          || name.startsWith("EnabledOn")) {
        add(annotation, "@" + name);
      }
      return super.visitAnnotation(annotation, unused);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
      String name = lastName(call.getMethodSelect());
      if (SKIPPING_CALLS.contains(name)) {
        add(call, name);
      }
      return super.visitMethodInvocation(call, unused);
    }

    @Override
    public @Nullable Void visitMemberSelect(MemberSelectTree select, @Nullable Void unused) {
      if (select.getIdentifier().contentEquals("sleep")
          && Set.of("Thread", "TimeUnit").contains(lastName(select.getExpression()))) {
        add(select, "sleep");
      }
      return super.visitMemberSelect(select, unused);
    }

    private void add(Tree at, String what) {
      found.add(file.name() + ":" + startLine(at) + " " + what);
    }

    private static String lastName(Tree tree) {
      if (tree instanceof IdentifierTree identifier) {
        return identifier.getName().toString();
      }
      return tree instanceof MemberSelectTree select ? select.getIdentifier().toString() : "";
    }
  }
}
