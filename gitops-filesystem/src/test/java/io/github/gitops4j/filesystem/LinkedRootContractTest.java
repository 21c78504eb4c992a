package io.github.gitops4j.filesystem;

import io.github.gitops4j.testkit.contract.ApplierContract;
import io.github.gitops4j.testkit.contract.Capability;
import io.github.gitops4j.testkit.contract.ChangeFeedContract;
import io.github.gitops4j.testkit.contract.LiveStateProviderContract;
import io.github.gitops4j.testkit.contract.TargetContract;
import io.github.gitops4j.testkit.contract.TargetFixture;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** A root that is reached through a symbolic link is a root like any other. */
class LinkedRootContractTest {
  @TempDir Path temp;

  @Nested
  class Whole extends TargetContract {
    @Override
    protected TargetFixture createFixture() {
      return FilesystemTargetFixture.linkedTo(temp);
    }
  }

  @Nested
  class Live extends LiveStateProviderContract {
    @Override
    protected TargetFixture createFixture() {
      return FilesystemTargetFixture.linkedTo(temp);
    }
  }

  @Nested
  class Applying extends ApplierContract {
    @Override
    protected TargetFixture createFixture() {
      return FilesystemTargetFixture.linkedTo(temp);
    }

    @Override
    protected Map<Capability, String> lacking() {
      return Map.of(Capability.SLOW_REMOVAL, "a file is gone when it is removed");
    }
  }

  @Nested
  class Changes extends ChangeFeedContract {
    @Override
    protected TargetFixture createFixture() {
      return FilesystemTargetFixture.watchedAndLinked(temp);
    }
  }
}
