package io.github.gitops4j.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The kits against backends that go on for ever once their call has ended. */
@Timeout(60)
class BlockingBackendTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  static Stream<Arguments> kits() {
    return Stream.of(
        Arguments.of(Applying.class, List.of("AP-8")),
        Arguments.of(Looking.class, List.of("LSP-7")),
        Arguments.of(Comparing.class, List.of("DIF-9")),
        Arguments.of(Keeping.class, List.of("INV-9")),
        Arguments.of(Recording.class, List.of("HIS-6", "HIS-7")),
        Arguments.of(Sourcing.class, List.of("TS-5")),
        Arguments.of(Sharing.class, List.of("LS-5")));
  }

  @ParameterizedTest
  @MethodSource("kits")
  void isFoundOutByTheRuleItBreaks(Class<? extends ContractKit> kit, List<String> rules) {
    assertThat(failures(kit))
        .containsExactlyInAnyOrderElementsOf(
            rules.stream()
                .map(rule -> rule + ": still at work PT0.05S after its call was to end")
                .toList());
  }

  private static List<String> failures(Class<?> kit) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(kit)).build(),
            listener);
    return listener.getSummary().getFailures().stream()
        .map(failure -> String.valueOf(failure.getException().getMessage()))
        .toList();
  }

  static final class Applying extends ApplierContract {
    @Override
    protected TargetFixture createFixture() {
      return Blocking.of(TargetFixture.class, new InMemoryTargetFixture());
    }

    @Override
    Duration patience() {
      return SHORT;
    }
  }

  static final class Looking extends LiveStateProviderContract {
    @Override
    protected TargetFixture createFixture() {
      return Blocking.of(TargetFixture.class, new InMemoryTargetFixture());
    }

    @Override
    Duration patience() {
      return SHORT;
    }
  }

  static final class Comparing extends DifferContract {
    @Override
    protected TargetFixture createFixture() {
      return Blocking.of(TargetFixture.class, new InMemoryTargetFixture());
    }

    @Override
    Duration patience() {
      return SHORT;
    }
  }

  static final class Sourcing extends TreeSourceContract {
    @Override
    protected TreeSourceFixture createFixture() {
      return Blocking.of(TreeSourceFixture.class, new InMemoryTreeSourceFixture());
    }

    @Override
    protected Map<Capability, String> lacking() {
      return new InMemoryTreeSourceContractTest().lacking();
    }

    @Override
    Duration patience() {
      return SHORT;
    }
  }

  static final class Recording extends HistoryStoreContract {
    @Override
    @SuppressWarnings("unchecked")
    protected StoreFixture<HistoryStore> createFixture() {
      return Blocking.of(
          StoreFixture.class, new InMemoryHistoryStoreContractTest().createFixture());
    }

    @Override
    protected Map<Capability, String> lacking() {
      return new InMemoryHistoryStoreContractTest().lacking();
    }

    @Override
    Duration patience() {
      return SHORT;
    }
  }

  static final class Keeping extends InventoryStoreContract {
    @Override
    @SuppressWarnings("unchecked")
    protected StoreFixture<InventoryStore> createFixture() {
      return Blocking.of(
          StoreFixture.class, new InMemoryInventoryStoreContractTest().createFixture());
    }

    @Override
    protected Map<Capability, String> lacking() {
      return new InMemoryInventoryStoreContractTest().lacking();
    }

    @Override
    Duration patience() {
      return SHORT;
    }
  }

  static final class Sharing extends LeasesContract {
    @Override
    protected LeasesFixture createFixture() {
      return Blocking.of(LeasesFixture.class, new InMemoryLeasesContractTest().createFixture());
    }

    @Override
    Duration patience() {
      return SHORT;
    }
  }
}
