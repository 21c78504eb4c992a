package io.github.gitops4j.source;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is to be said about files, by path. Confined to the fetch that fills it. */
final class FileFindings {
  private final TreeMap<String, Declaration> byFile = new TreeMap<>();

  static FileFindings none() {
    return new FileFindings();
  }

  FileFindings copy() {
    FileFindings copy = new FileFindings();
    copy.byFile.putAll(byFile);
    return copy;
  }

  /** Forgets what was said about a file. */
  void forget(String path) {
    byFile.remove(path);
  }

  /** Notes what is to be said about a file. */
  void note(String path, Declaration declaration) {
    if (declaration instanceof Declaration.Broken
        || (declaration instanceof Declaration.Declared declared
            && !declared.warnings().isEmpty())) {
      byFile.put(path, declaration);
    }
  }

  List<BrokenInput> broken() {
    List<BrokenInput> broken = new ArrayList<>();
    for (Declaration declaration : byFile.values()) {
      if (declaration instanceof Declaration.Broken found) {
        broken.add(found.input());
      }
    }
    return broken;
  }

  List<InputWarning> warnings() {
    List<InputWarning> warnings = new ArrayList<>();
    for (Declaration declaration : byFile.values()) {
      if (declaration instanceof Declaration.Declared declared) {
        warnings.addAll(declared.warnings());
      }
    }
    return List.copyOf(warnings);
  }
}
