package io.github.gitops4j.testkit.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Keeps the Git configuration of the user and the system out of these tests, as the kit leaves it
 * to its users. JUnit finds it as a service.
 */
public final class IsolatedJGit implements BeforeAllCallback {
  private static final SystemReader EMPTY = new EmptyConfiguration(SystemReader.getInstance());

  @Override
  public void beforeAll(ExtensionContext context) {
    SystemReader.setInstance(EMPTY);
  }

  private static final class EmptyConfiguration extends SystemReader.Delegate {
    EmptyConfiguration(SystemReader host) {
      super(host);
    }

    @Override
    public @Nullable String getenv(String variable) {
      return variable.startsWith("GIT_") ? null : super.getenv(variable);
    }

    @Override
    public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
      return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
      return new EmptyConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
      return new EmptyConfig(parent, fs);
    }
  }

  private static final class EmptyConfig extends FileBasedConfig {
    EmptyConfig(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
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
