package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import org.eclipse.jgit.lib.EmptyProgressMonitor;

/** Tells a call how far JGit is, and JGit when the call has ended. */
final class CallMonitor extends EmptyProgressMonitor {
  private static final int STEP = 1 << 10;

  private final String what;
  private final CallContext call;
  private long done;
  private long total = -1;

  CallMonitor(String what, CallContext call) {
    this.what = what;
    this.call = call;
  }

  @Override
  public void beginTask(String title, int work) {
    done = 0;
    total = work == UNKNOWN ? -1 : work;
  }

  @Override
  public void update(int completed) {
    long before = done / STEP;
    done += completed;
    if (done / STEP != before) {
      JGitIsolation.host(() -> call.progress(what, done, total));
    }
  }

  @Override
  public boolean isCancelled() {
    return !call.isActive();
  }
}
