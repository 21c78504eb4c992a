package io.github.gitops4j.kubernetes.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.kubernetes.internal.fields.WatchEvent;
import io.github.gitops4j.kubernetes.live.ScriptedWatches.Asked;
import io.github.gitops4j.live.Place;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.testkit.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told what by which watch, and what is watched. */
class SharedWatchesTest {
  private static final int MANY = 20;
  private static final int MOST = 48;
  private static final int SECONDS = 20;
  private static final String DOUBT = "doubt";

  private final ManualClock clock = ManualClock.create();
  private final ScriptedWatches server = new ScriptedWatches();
  private final SharedWatches watches =
      new SharedWatches(
          server.server(), RetryPolicy.builder().first(Duration.ofMillis(1)).build(), clock);

  @AfterEach
  void close() {
    watches.close();
    server.close();
  }

  /** One target that follows what it lists, and what it was told. */
  private final class Told implements Follower.Listener {
    private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final Follower follower = watches.follower(this);

    @Override
    public void event(ResourceKey key, WatchEvent event) {
      heard.add(key.namespace() + "/" + key.name() + "@" + event.version());
    }

    @Override
    public void doubt() {
      heard.add(DOUBT);
    }

    /** Lists as a look does. */
    Told lists(String namespace, String version) {
      follower.expect(place(namespace));
      follower.follow(List.of(start(namespace, version)));
      return this;
    }

    String hears() throws InterruptedException {
      return String.valueOf(heard.poll(SECONDS, TimeUnit.SECONDS));
    }

    boolean covers(String namespace) {
      return follower.covers(place(namespace));
    }
  }

  private static Place place(String namespace) {
    return new Place("", "ConfigMap", namespace);
  }

  private static String path(String namespace) {
    return namespace.isEmpty()
        ? "/api/v1/configmaps"
        : "/api/v1/namespaces/" + namespace + "/configmaps";
  }

  private static WatchStart start(String namespace, String version) {
    return new WatchStart(place(namespace), path(namespace), path(""), version);
  }

  private Asked opened() throws InterruptedException, IOException {
    return server.next().open();
  }

  /** Lists a namespace of its own for each, and opens their watches. */
  private List<Told> inNamespacesOfTheirOwn(int count, int from)
      throws InterruptedException, IOException {
    List<Told> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new Told().lists("n" + i, Integer.toString(from + i)));
      opened();
    }
    return all;
  }

  @Test
  void whatSeveralHaveListedIsWatchedOnceAndToldToEach() throws Exception {
    Told first = new Told().lists("n", "100");
    Asked watch = opened();
    Told second = new Told().lists("n", "120");

    watch.tell("n", "a", "130");

    assertThat(watch.version()).isEqualTo("100");
    assertThat(first.hears()).isEqualTo("n/a@130");
    assertThat(second.hears()).isEqualTo("n/a@130");
    assertThat(first.covers("n") && second.covers("n")).isTrue();
    assertThat(server.isQuiet()).isTrue();
  }

  @Test
  void whoListedBeforeHeJoinedIsCoveredOnlyIfNothingWasToldSince() throws Exception {
    Told first = new Told().lists("n", "100");
    opened().tell("n", "a", "150");
    first.hears();
    Told early = new Told();
    early.follower.follow(List.of(start("n", "120")));
    Told late = new Told();
    late.follower.follow(List.of(start("n", "150")));

    assertThat(early.covers("n")).isFalse();
    assertThat(late.covers("n")).isTrue();

    early.follower.follow(List.of(start("n", "140")));
    assertThat(early.covers("n")).isFalse();
    assertThat(early.lists("n", "150").covers("n")).isTrue();
  }

  @Test
  void whoExpectsIsToldBeforeItsListIsThere() throws Exception {
    new Told().lists("n", "100");
    Asked watch = opened();
    Told second = new Told();
    second.follower.expect(place("n"));
    watch.tell("n", "a", "150");

    assertThat(second.hears()).isEqualTo("n/a@150");
    assertThat(second.covers("n")).isFalse();
    second.follower.follow(List.of(start("n", "140")));
    assertThat(second.covers("n")).isTrue();
  }

  @Test
  void aKindInManyNamespacesIsWatchedOnceFromTheLowestPositionOn() throws Exception {
    List<Told> all = inNamespacesOfTheirOwn(MANY - 1, 100);
    server.last(path("n0")).tell("n0", "a", "150");
    assertThat(all.get(0).hears()).isEqualTo("n0/a@150");
    all.add(new Told().lists("last", "200"));

    Asked everywhere = server.next();
    assertThat(everywhere.path()).isEqualTo(path(""));
    assertThat(everywhere.version()).isEqualTo("101");
    server.last(path("n0")).tell("n0", "b", "160");
    assertThat(all.get(0).hears()).isEqualTo("n0/b@160");

    everywhere.open();
    for (int i = 0; i < MANY - 1; i++) {
      server.last(path("n" + i)).awaitEnd();
      assertThat(all.get(i).covers("n" + i)).isTrue();
    }
    everywhere.tell("n0", "c", "210");
    everywhere.tell("last", "d", "220");
    assertThat(all.get(0).hears()).isEqualTo("n0/c@210");
    assertThat(all.get(MANY - 1).hears()).isEqualTo("last/d@220");
    assertThat(all.get(1).heard).isEmpty();
    assertThat(server.isQuiet()).isTrue();
  }

  @Test
  void whatIsToldWhileAWatchTakesOverIsNotLost() throws Exception {
    List<Told> all = inNamespacesOfTheirOwn(MANY - 1, 100);
    new Told().lists("last", "200");
    Asked everywhere = opened();
    everywhere.tell("n0", "a", "150");

    assertThat(all.get(0).hears()).isEqualTo("n0/a@150");
  }

  @Test
  void whereAllNamespacesMayNotBeWatchedEachIsAndItIsTriedAgainRarely() throws Exception {
    List<Told> all = inNamespacesOfTheirOwn(MANY - 1, 100);
    Told last = new Told().lists("last", "200");
    server.next().refuse(403);

    assertThat(last.hears()).isEqualTo(DOUBT);
    assertThat(last.covers("last")).isFalse();
    last.lists("last", "210");
    assertThat(opened().path()).isEqualTo(path("last"));
    new Told().lists("more", "220");
    assertThat(opened().path()).isEqualTo(path("more"));
    server.last(path("n0")).tell("n0", "a", "230");
    assertThat(all.get(0).hears()).isEqualTo("n0/a@230");
    assertThat(all.get(0).covers("n0") && last.covers("last")).isTrue();

    clock.advance(Duration.ofMinutes(10));
    new Told().lists("later", "240");
    assertThat(server.next().path()).isEqualTo(path(""));
  }

  @Test
  void whoseVersionsAreNoNumbersListsAgainAfterAWatchHasTakenOver() throws Exception {
    List<Told> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(new Told().lists("n" + i, "v" + i));
      opened();
    }
    for (int i = 0; i < MANY - 1; i++) {
      assertThat(all.get(i).hears()).isEqualTo(DOUBT);
      assertThat(all.get(i).heard).isEmpty();
      assertThat(all.get(i).covers("n" + i)).isFalse();
      assertThat(all.get(i).lists("n" + i, "w").covers("n" + i)).isTrue();
    }
    assertThat(server.isQuiet()).isTrue();
  }

  @Test
  void aWatchThatIsLostIsADoubtForEachAndOpenedAnewOnce() throws Exception {
    Told first = new Told().lists("n", "100");
    Asked watch = opened();
    Told second = new Told().lists("n", "100");
    watch.lose();
    for (Told each : List.of(first, second)) {
      assertThat(each.hears()).isEqualTo(DOUBT);
      assertThat(each.covers("n")).isFalse();
    }

    first.lists("n", "200");
    Asked anew = opened();
    second.lists("n", "210");
    anew.tell("n", "a", "220");

    assertThat(anew.version()).isEqualTo("200");
    assertThat(first.hears()).isEqualTo("n/a@220");
    assertThat(second.hears()).isEqualTo("n/a@220");
    assertThat(second.covers("n")).isTrue();
    assertThat(server.isQuiet()).isTrue();
  }

  @Test
  void aListThatIsOlderThanTheWatchThatWasOpenedAnewIsMadeAgain() throws Exception {
    Told first = new Told().lists("n", "100");
    Told second = new Told().lists("n", "100");
    Asked watch = opened();
    second.follower.expect(place("n"));
    watch.lose();
    first.hears();
    first.lists("n", "200");
    opened().tell("n", "a", "205");
    first.hears();

    second.follower.follow(List.of(start("n", "150")));
    assertThat(second.covers("n")).isFalse();
    assertThat(second.lists("n", "210").covers("n")).isTrue();
  }

  @Test
  void theLastWhoLeavesEndsAWatch() throws Exception {
    Told first = new Told().lists("n", "100");
    Asked watch = opened();
    Told second = new Told().lists("n", "100");

    first.follower.close();
    watch.tell("n", "a", "110");
    assertThat(second.hears()).isEqualTo("n/a@110");
    assertThat(first.heard).isEmpty();
    assertThat(first.lists("n", "120").covers("n")).isFalse();

    second.follower.followOnly(List.of(start("other", "120")));
    watch.awaitEnd();
    assertThat(server.next().path()).isEqualTo(path("other"));
  }

  @Test
  void whatIsBeyondTheNumberIsCoveredWhenThereIsRoom() throws Exception {
    List<Told> all = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      Told told = new Told();
      told.follower.follow(List.of(kind(i)));
      opened();
      all.add(told);
    }
    Told beyond = new Told();
    beyond.follower.follow(List.of(kind(MOST)));
    assertThat(beyond.follower.covers(kind(MOST).place())).isFalse();
    assertThat(server.isQuiet()).isTrue();

    all.get(0).follower.close();
    beyond.follower.follow(List.of(kind(MOST)));
    opened();
    assertThat(beyond.follower.covers(kind(MOST).place())).isTrue();
  }

  private static WatchStart kind(int number) {
    String path = "/apis/k" + number + ".example.org/v1/namespaces/n/things";
    return new WatchStart(
        new Place("k" + number + ".example.org", "Thing", "n"),
        path,
        path.replace("/namespaces/n", ""),
        "100");
  }
}
