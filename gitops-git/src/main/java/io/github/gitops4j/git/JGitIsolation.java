package io.github.gitops4j.git;

import java.io.File;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.ConfigConstants;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/**
 * Keeps JGit, within our calls only, from reading the configuration of the user and of the machine,
 * and from starting {@code git} to find it.
 *
 * <p>JGit asks one object for the whole JVM. {@link #install()} puts one there that answers "no
 * configuration" to our threads while they are in our calls, and passes everything else on to the
 * one that was there before. It is never installed without being asked for. One thing differs for
 * others too: what JGit measures of file systems is no longer kept in the user's configuration, but
 * measured in the background in each JVM.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public enum JGitIsolation {
  /** The delegating object is installed. */
  INSTALLED,
  /** The host answers for its own JGit configuration; nothing was replaced. */
  HOST_TRUSTED;

  /** Threads that JGit starts in our calls, such as that of a local server, are ours too. */
  private static final InheritableThreadLocal<Boolean> OURS = new InheritableThreadLocal<>();

  /** Installs the isolation for this JVM; doing it again changes nothing. */
  public static JGitIsolation install() {
    synchronized (JGitIsolation.class) {
      SystemReader current = SystemReader.getInstance();
      if (!(current instanceof Reader)) {
        // Otherwise JGit measures the clock of the file system for seconds before it begins.
        FS.FileStoreAttributes.setBackground(true);
        SystemReader.setInstance(new Reader(current));
      }
    }
    return INSTALLED;
  }

  /**
   * What is run as a call of ours.
   *
   * @param <T> what it returns
   * @param <E> what it throws
   */
  @FunctionalInterface
  public interface Work<T, E extends Exception> {
    /** Does the work. */
    T run() throws E;
  }

  /**
   * Runs work with JGit as a call of ours. A program that uses JGit itself may have its own calls
   * isolated so; it has nothing to do for those that go through this library.
   *
   * <p>What the host put in our place since the installation is wrapped too.
   */
  public <T, E extends Exception> T run(Work<T, E> work) throws E {
    if (this == HOST_TRUSTED) {
      return work.run();
    }
    if (!(SystemReader.getInstance() instanceof Reader)) {
      install();
    }
    return as(true, work);
  }

  /** Runs what is the host's within a call of ours, such as its listener. */
  static void host(Runnable callback) {
    as(
        false,
        () -> {
          callback.run();
          return "";
        });
  }

  private static <T, E extends Exception> T as(boolean ours, Work<T, E> work) throws E {
    boolean before = ours();
    OURS.set(ours);
    try {
      return work.run();
    } finally {
      if (before) {
        OURS.set(true);
      } else {
        OURS.remove();
      }
    }
  }

  private static boolean ours() {
    return Boolean.TRUE.equals(OURS.get());
  }

  /** Answers our threads with nothing, and all others as before. */
  private static final class Reader extends SystemReader.Delegate {
    private static final StackWalker STACK = StackWalker.getInstance();
    private static final String MEASURING = "org.eclipse.jgit.util.FS$FileStoreAttributes";

    Reader(SystemReader before) {
      super(before);
    }

    /**
     * Says whether JGit measures the clock of a file system, which it does on threads of its own
     * for whoever came first: it would start {@code git} and write to the user's home.
     */
    private static boolean measuring() {
      return STACK.walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(MEASURING)));
    }

    @Override
    public @Nullable String getenv(String variable) {
      return ours() ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
      return ours() ? new Nothing(parent, fs) : super.openUserConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
      return ours() ? new Nothing(parent, fs) : super.openSystemConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
      return ours() ? new Nothing(parent, fs) : super.openJGitConfig(parent, fs);
    }

    @Override
    public StoredConfig getUserConfig() throws ConfigInvalidException, IOException {
      return ours() || measuring() ? new Nothing(null, FS.DETECTED) : super.getUserConfig();
    }

    @Override
    public StoredConfig getSystemConfig() throws ConfigInvalidException, IOException {
      return ours() || measuring() ? new Nothing(null, FS.DETECTED) : super.getSystemConfig();
    }

    @Override
    public StoredConfig getJGitConfig() throws ConfigInvalidException, IOException {
      return ours() || measuring() ? new Nothing(null, FS.DETECTED) : super.getJGitConfig();
    }
  }

  /**
   * A configuration that is empty and stays so. It only tells our threads the resolution of a file
   * system's times as JGit assumes it before it knows better: otherwise JGit measures it for
   * seconds, and for that writes files into the repository, even one that is only read.
   */
  private static final class Nothing extends FileBasedConfig {
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, new File("/dev/null"), fs);
    }

    @Override
    public long getTimeUnit(
        String section, @Nullable String subsection, String name, long unset, TimeUnit unit) {
      return ours()
              && section.equals(ConfigConstants.CONFIG_FILESYSTEM_SECTION)
              && name.equals(ConfigConstants.CONFIG_KEY_TIMESTAMP_RESOLUTION)
          ? unit.convert(FS.FileStoreAttributes.FALLBACK_TIMESTAMP_RESOLUTION)
          : super.getTimeUnit(section, subsection, name, unset, unit);
    }

    @Override
    public void load() {}

    @Override
    public void save() {}

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
