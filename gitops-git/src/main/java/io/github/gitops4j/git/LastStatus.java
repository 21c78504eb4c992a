package io.github.gitops4j.git;

/** The status that a server answered last with, while no further request is under way. */
final class LastStatus {
  /** No answer, or not over HTTP. */
  static final int NONE = 0;

  private volatile int code = NONE;

  void asking() {
    code = NONE;
  }

  void answered(int status) {
    code = status;
  }

  int code() {
    return code;
  }
}
