package io.github.gitops4j.git;

import java.util.List;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectChecker.ErrorType;

/**
 * What is demanded of every object that comes or goes. Names of files are left to the target's
 * model, which reports them one by one.
 */
final class ObjectChecks {
  private static final List<ErrorType> LEFT_TO_THE_MODEL =
      List.of(
          ErrorType.EMPTY_NAME,
          ErrorType.FULL_PATHNAME,
          ErrorType.HAS_DOT,
          ErrorType.HAS_DOTDOT,
          ErrorType.HAS_DOTGIT,
          ErrorType.DUPLICATE_ENTRIES,
          ErrorType.TREE_NOT_SORTED,
          ErrorType.WIN32_BAD_NAME,
          ErrorType.BAD_UTF8,
          ErrorType.GITMODULES_BLOB,
          ErrorType.GITMODULES_LARGE,
          ErrorType.GITMODULES_NAME,
          ErrorType.GITMODULES_PARSE,
          ErrorType.GITMODULES_PATH,
          ErrorType.GITMODULES_SYMLINK,
          ErrorType.GITMODULES_URL);

  private ObjectChecks() {}

  /** Returns a new checker; one serves one thread. */
  static ObjectChecker create() {
    ObjectChecker checker = new ObjectChecker();
    checker.setAllowInvalidPersonIdent(true).setAllowLeadingZeroFileMode(true);
    LEFT_TO_THE_MODEL.forEach(name -> checker.setIgnore(name, true));
    return checker;
  }
}
