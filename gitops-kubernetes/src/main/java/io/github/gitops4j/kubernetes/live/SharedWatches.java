package io.github.gitops4j.kubernetes.live;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.call.Ticker;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.live.Follower.Spot;
import io.github.gitops4j.kubernetes.live.Follower.Standing;
import io.github.gitops4j.live.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The watches of one cluster, each of them told to every target that has listed what it is of, up
 * to a number; what is beyond it is not covered.
 *
 * <p>A kind that is followed in many namespaces is watched once for all of them, if that is
 * allowed. That watch begins where the first of those ends that it takes over from, and they end
 * when it has opened.
 *
 * <p>Who joins a watch that runs already joins it before it lists. The list then is not older than
 * what the watch told before, and what it tells later is told to the new one too.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class SharedWatches implements AutoCloseable {
  /** From so many namespaces on, one list and one watch of all of them are cheaper. */
  static final int MANY_NAMESPACES = 20;

  /** What many clusters do not feel. */
  private static final int MOST = 100;

  /** On one connection, with room for those that take over, for heads and for requests. */
  private static final int MOST_ON_ONE_CONNECTION = 48;

  /** So many may begin beside those that they take over from. */
  private static final int TAKING_OVER = 8;

  /** Rights change seldom. */
  private static final Duration RARELY = Duration.ofMinutes(10);

  private final ApiServer server;
  private final RetryPolicy retry;
  private final Ticker ticker;
  private final int most;
  private final Object lock = new Object();
  private final Set<Follower> followers = new HashSet<>();
  private final Map<Place, Feed> running = new HashMap<>();
  private final Map<Place, Long> refused = new HashMap<>();
  private final Map<Place, Integer> lostAtOnce = new ConcurrentHashMap<>();
  private boolean closed;

  /**
   * Creates watches of which none has begun.
   *
   * @param retry how a watch that ended is opened again
   */
  public SharedWatches(ApiServer server, RetryPolicy retry, Ticker ticker) {
    this.server = requireNonNull(server, "server");
    this.retry = requireNonNull(retry, "retry");
    this.ticker = requireNonNull(ticker, "ticker");
    this.most = server.isMultiplexed() ? MOST_ON_ONE_CONNECTION : MOST;
  }

  /** Returns who follows nothing yet. */
  Follower follower(Follower.Listener listener) {
    Follower follower = new Follower(this, listener);
    synchronized (lock) {
      followers.add(follower);
    }
    return follower;
  }

  void expect(Follower follower, Place place) {
    synchronized (lock) {
      Spot spot = follower.spots().get(place);
      if (spot != null && spot.isLive()) {
        if (spot.standing() == Standing.STALE) {
          spot.set(spot.feed(), Standing.JOINED);
        }
        return;
      }
      if (followers.contains(follower)) {
        feedOf(place).ifPresent(feed -> join(follower, place, feed, Standing.JOINED));
      }
    }
  }

  void follow(Follower follower, Collection<WatchStart> lists) {
    synchronized (lock) {
      if (followers.contains(follower)) {
        lists.forEach(list -> follow(follower, list));
      }
    }
  }

  private void follow(Follower follower, WatchStart list) {
    Place place = list.place();
    Spot spot = follower.spots().computeIfAbsent(place, any -> new Spot());
    if (spot.isLive()) {
      if (spot.standing() == Standing.JOINED) {
        spot.set(spot.feed(), Standing.LISTED);
      }
      return;
    }
    Optional<Feed> runs = feedOf(place);
    if (runs.isEmpty()) {
      open(follower, list);
      return;
    }
    join(follower, place, runs.get(), Standing.STALE);
    if (Position.isNotBeyond(runs.get().watch().position(), list.version())) {
      spot.set(runs.get(), Standing.LISTED);
    }
  }

  void followOnly(Follower follower, Collection<WatchStart> lists) {
    synchronized (lock) {
      Set<Place> left = new HashSet<>(follower.spots().keySet());
      lists.forEach(list -> left.remove(list.place()));
      left.forEach(place -> leave(follower, place));
      follow(follower, lists);
    }
  }

  boolean covers(Follower follower, Place place) {
    synchronized (lock) {
      return isCovered(follower.spots().get(place))
          || isCovered(follower.spots().get(everywhere(place)));
    }
  }

  private static boolean isCovered(@Nullable Spot spot) {
    return spot != null && spot.isCovered();
  }

  void leave(Follower follower) {
    synchronized (lock) {
      Set.copyOf(follower.spots().keySet()).forEach(place -> leave(follower, place));
      followers.remove(follower);
    }
  }

  private void leave(Follower follower, Place place) {
    follower.spots().remove(place);
    for (Place watched : List.of(place, everywhere(place))) {
      Feed feed = running.get(watched);
      if (feed != null) {
        feed.remove(follower, place.namespace());
        if (feed.hasNobody()) {
          end(feed);
        }
      }
    }
  }

  private void end(Feed feed) {
    feed.watch().close();
    running.remove(feed.place());
    lostAtOnce.remove(feed.place());
  }

  private static void join(Follower follower, Place place, Feed feed, Standing standing) {
    feed.add(follower, place.namespace());
    follower.spots().computeIfAbsent(place, any -> new Spot()).set(feed, standing);
  }

  private static Place everywhere(Place place) {
    return place.namespace().isEmpty() ? place : new Place(place.group(), place.kind(), "");
  }

  /** Returns the watch that tells of a place. */
  private Optional<Feed> feedOf(Place place) {
    return live(everywhere(place)).or(() -> live(place));
  }

  private Optional<Feed> live(Place watched) {
    Feed feed = running.get(watched);
    if (feed != null && feed.watch().isOver()) {
      running.remove(watched);
      lostAtOnce.merge(watched, 1, Integer::sum);
      return Optional.empty();
    }
    return Optional.ofNullable(feed);
  }

  private void open(Follower follower, WatchStart list) {
    Place place = list.place();
    Place all = everywhere(place);
    boolean mayWatchAll = mayWatchAll(all);
    if (closed) {
      return;
    }
    boolean areMany = place.equals(all) || namespaces(all).size() >= MANY_NAMESPACES;
    if (mayWatchAll && areMany) {
      openForAll(follower, list);
    } else if (!place.equals(all) && running.size() < most) {
      Feed feed = feed(place, list.path(), list.version(), Feed.Order.KNOWN);
      join(follower, place, feed, Standing.LISTED);
      begin(feed);
    }
  }

  private boolean mayWatchAll(Place all) {
    Long when = refused.get(all);
    return when == null || ticker.nanos() - when >= RARELY.toNanos();
  }

  /** Returns the single namespaces in which a kind is followed. */
  private Set<String> namespaces(Place all) {
    Set<String> namespaces = new HashSet<>();
    ofKind(all, (follower, place) -> namespaces.add(place.namespace()));
    return namespaces;
  }

  /** Visits what is followed of a kind in single namespaces. */
  private void ofKind(Place all, BiConsumer<Follower, Place> visitor) {
    for (Follower follower : followers) {
      for (Place place : follower.spots().keySet()) {
        if (!place.namespace().isEmpty() && everywhere(place).equals(all)) {
          visitor.accept(follower, place);
        }
      }
    }
  }

  private List<Feed> singleFeeds(Place all) {
    return running.values().stream()
        .filter(feed -> !feed.place().equals(all) && everywhere(feed.place()).equals(all))
        .filter(feed -> !feed.watch().isOver())
        .toList();
  }

  private void openForAll(Follower follower, WatchStart list) {
    Place all = everywhere(list.place());
    List<Feed> before = singleFeeds(all);
    if (running.size() >= (before.isEmpty() ? most : most + TAKING_OVER)) {
      return;
    }
    // Where it was lost, the lowest position is perhaps what the server has forgotten.
    Optional<String> lowest =
        lostAtOnce.containsKey(all)
            ? Optional.empty()
            : Position.lowest(
                list.version(), before.stream().map(feed -> feed.watch().position()).toList());
    Feed feed =
        feed(
            all,
            list.everywhere(),
            lowest.orElse(list.version()),
            lowest.isPresent() ? Feed.Order.KNOWN : Feed.Order.UNKNOWN);
    ofKind(all, (other, place) -> feed.add(other, place.namespace()));
    join(follower, list.place(), feed, Standing.LISTED);
    begin(feed);
  }

  private Feed feed(Place place, String path, String version, Feed.Order order) {
    return new Feed(
        this,
        place,
        order,
        (any, listener) -> new Watch(server, path, version, retry, ticker, listener));
  }

  private void begin(Feed feed) {
    running.put(feed.place(), feed);
    feed.watch().begin(lostAtOnce.getOrDefault(feed.place(), 0));
  }

  /** A watch tells something. */
  void isWell(Place watched) {
    lostAtOnce.remove(watched);
  }

  /** The server has begun to answer: the watches of single namespaces can end. */
  void opened(Feed feed) {
    Set<Follower> inDoubt = new HashSet<>();
    synchronized (lock) {
      if (running.get(feed.place()) != feed) {
        return;
      }
      List<Feed> before = singleFeeds(feed.place());
      if (before.isEmpty() || !feed.place().namespace().isEmpty()) {
        return;
      }
      ofKind(
          feed.place(),
          (follower, place) -> {
            Spot spot = requireNonNull(follower.spots().get(place), "spot");
            if (spot.isLive() && spot.feed() != feed) {
              boolean isSound = feed.order() == Feed.Order.KNOWN;
              spot.set(feed, isSound ? spot.standing() : Standing.STALE);
              if (!isSound) {
                inDoubt.add(follower);
              }
            }
          });
      before.forEach(this::end);
    }
    inDoubt.forEach(Follower::tellDoubt);
  }

  /** The server refuses the watch; of a kind in single namespaces there is another way. */
  void forbidden(Feed feed) {
    Set<Follower> inDoubt = new HashSet<>();
    synchronized (lock) {
      if (running.get(feed.place()) != feed || namespaces(feed.place()).isEmpty()) {
        return;
      }
      end(feed);
      refused.put(feed.place(), ticker.nanos());
      inDoubt.addAll(followersOf(feed, spot -> spot.set(null, Standing.STALE)));
    }
    inDoubt.forEach(Follower::tellDoubt);
  }

  /** What happens is not told at the moment, or not any more. */
  void doubt(Feed feed) {
    Set<Follower> inDoubt;
    synchronized (lock) {
      inDoubt = followersOf(feed, spot -> {});
    }
    inDoubt.forEach(Follower::tellDoubt);
  }

  private Set<Follower> followersOf(Feed feed, Consumer<Spot> visitor) {
    Set<Follower> found = new HashSet<>();
    for (Follower follower : followers) {
      for (Spot spot : follower.spots().values()) {
        if (spot.feed() == feed) {
          visitor.accept(spot);
          found.add(follower);
        }
      }
    }
    return found;
  }

  /** Ends all watches, for good. */
  @Override
  public void close() {
    synchronized (lock) {
      closed = true;
      List.copyOf(running.values()).forEach(this::end);
    }
  }
}
