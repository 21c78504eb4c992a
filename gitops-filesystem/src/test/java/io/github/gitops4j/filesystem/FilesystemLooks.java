package io.github.gitops4j.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.LiveState;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.live.Scope;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A directory that is looked at, and what is seen of it. */
abstract class FilesystemLooks {
  @TempDir Path root;
  final CountedReads reads = new CountedReads();
  // An hour from now: everything that the test writes is old.
  final ManualClock clock = ManualClock.at(Instant.now().plus(Duration.ofHours(1)));
  FilesystemLive live;

  @BeforeEach
  void open() {
    live = live(Crew.ALONE);
  }

  final FilesystemLive live(Crew crew) {
    StateDirectory state = new StateDirectory(root, new JdkDisk());
    StatCache none = new StatCache(state, "", () -> false);
    return new FilesystemLive(state, clock, reads, crew, new Sharing(), none);
  }

  final LiveState everything() {
    return live.observe(Scope.everything(), CallContext.unbounded());
  }

  final Observation only(String name) {
    ResourceKey key = ResourceKey.file(name);
    return live.observe(Scope.keys(Set.of(key)), CallContext.unbounded()).observation(key);
  }

  /** Returns what is seen of a name; both ways of looking must agree. */
  final Observation seen(String name) {
    Observation whole = everything().observation(ResourceKey.file(name));
    Observation one = only(name);
    assertThat(one.getClass()).isEqualTo(whole.getClass());
    if (one instanceof Observation.Present present) {
      assertThat(present).isEqualTo(whole);
    }
    return whole;
  }

  final LiveResource present(String name) {
    return ((Observation.Present) seen(name)).resource();
  }

  static List<String> names(LiveState state) {
    List<String> names = new ArrayList<>();
    state.forEachPresent(resource -> names.add(resource.key().name()));
    names.sort(null);
    return names;
  }

  final Path write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
