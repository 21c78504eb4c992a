package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JGitIsolationTest {
  @BeforeEach
  void install() {
    JGitIsolation.install();
  }

  @Test
  void onlyOurCallsSeeNoEnvironment() {
    assertThat(JGitIsolation.INSTALLED.run(JGitIsolationTest::seesEnvironment)).isFalse();
    assertThat(seesEnvironment()).isTrue();
  }

  @Test
  void clockOfTheFilesIsGivenToUsSoThatNobodyMeasuresIt() {
    assertThat(JGitIsolation.INSTALLED.run(JGitIsolationTest::resolution)).isPositive();
    assertThat(resolution()).isEqualTo(-1);
  }

  private static long resolution() {
    try {
      return SystemReader.getInstance()
          .getUserConfig()
          .getTimeUnit("filesystem", "none", "timestampResolution", -1, TimeUnit.NANOSECONDS);
    } catch (ConfigInvalidException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean seesEnvironment() {
    return SystemReader.getInstance().getenv("PATH") != null;
  }
}
