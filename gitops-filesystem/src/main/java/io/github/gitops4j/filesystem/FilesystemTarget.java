package io.github.gitops4j.filesystem;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.Pause;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.history.HistoryStore;
import io.github.gitops4j.inventory.InventoryStore;
import io.github.gitops4j.live.LiveStateProvider;
import io.github.gitops4j.plan.Arrangement;
import io.github.gitops4j.reconcile.OfflineTarget;
import io.github.gitops4j.reconcile.Target;
import io.github.gitops4j.source.ResourceModel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A directory as the live system: each declared file is there, byte for byte, with its executable
 * bit; what is not declared and not ours is never touched.
 *
 * <p>Nothing is lost: a file of somebody else in the way is held, a file of ours that somebody
 * edited is put right and the edit kept in quarantine. Files appear whole, by a rename, and survive
 * a crash of the machine once a pass reports them. What is known about the directory is in its
 * sub-directory {@code .gitops}, which is made by the first pass that may write.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class FilesystemTarget implements Target {
  private final StateDirectory state;
  private final FileModel model;
  private final LiveStateProvider live;
  private final @Nullable FileChanges changes;
  private final FileDiffer differ = new FileDiffer();
  private final FileInventoryStore inventory;
  private final FileHistoryStore history;
  private final FileTargetLock lock;
  private final FileSession.Rules rules;

  private FilesystemTarget(Builder builder) {
    this.state = new StateDirectory(builder.root, builder.disk);
    Sharing sharing = new Sharing();
    this.model = new FileModel(builder.links, sharing);
    this.inventory = new FileInventoryStore(state, sharing);
    this.history = new FileHistoryStore(state);
    this.lock = new FileTargetLock(state, builder.pause);
    FilesystemLive looking =
        new FilesystemLive(
            state,
            builder.clock,
            builder.reads,
            builder.crew,
            sharing,
            new StatCache(state, StatCache.currentBoot(), lock::isHeld));
    this.changes = builder.changes(inventory);
    this.live = changes == null ? looking : new WatchedLive(looking, changes);
    this.rules = new FileSession.Rules(builder.crew, builder.replacing);
  }

  /** Returns the target of an existing directory, with all defaults. */
  public static FilesystemTarget at(Path root) {
    return builder(root).build();
  }

  /** Returns a builder. */
  public static Builder builder(Path root) {
    return new Builder(root);
  }

  @Override
  public String id() {
    return idOf(state.root());
  }

  private static String idOf(Path root) {
    return "filesystem:" + root;
  }

  @Override
  public ResourceModel model() {
    return model;
  }

  @Override
  public LiveStateProvider live() {
    return live;
  }

  @Override
  public Differ differ() {
    return differ;
  }

  @Override
  public Applier applier() {
    return (request, call) -> new FileSession(state, request, rules, call);
  }

  @Override
  public InventoryStore inventory() {
    return inventory;
  }

  @Override
  public HistoryStore history() {
    return history;
  }

  @Override
  public TargetLock lock() {
    return lock;
  }

  @Override
  public Arrangement arrangement() {
    return new FileArrangement();
  }

  /** Ends watching the directory; all else goes on. */
  @Override
  public void close() {
    if (changes != null) {
      changes.close();
    }
  }

  /** Returns what had to give way. */
  public Quarantine quarantine() {
    return new Quarantine(state);
  }

  /** Builds a {@link FilesystemTarget}. Confined to one thread. */
  public static final class Builder {
    private final Path root;
    private LinkPolicy links = LinkPolicy.DENY;
    private InstantSource clock = InstantSource.system();
    private Pause pause = Pause.blocking();
    private Crew crew = new Crew(Runnable::run, 1);
    private ReplaceStyle replacing = ReplaceStyle.ATOMIC;
    private @Nullable DirectoryWatch watch;
    private Duration sweep = Duration.ofMinutes(10);
    private Disk disk = new JdkDisk();
    private FileReads reads = FileReads.DIRECT;

    private Builder(Path root) {
      this.root = requireNonNull(root, "root").toAbsolutePath().normalize();
    }

    /** Default {@link LinkPolicy#DENY}. */
    public Builder links(LinkPolicy value) {
      this.links = requireNonNull(value, "links");
      return this;
    }

    /** Default the system's clock; it decides how fresh a change is. */
    public Builder clock(InstantSource value) {
      this.clock = requireNonNull(value, "clock");
      return this;
    }

    /** Default {@link Pause#blocking()}; used while another process holds the lock. */
    public Builder pause(Pause value) {
      this.pause = requireNonNull(value, "pause");
      return this;
    }

    /**
     * Default the calling thread alone.
     *
     * @param threads how many of its threads may be used beside the calling one
     */
    public Builder executor(Executor executor, int threads) {
      if (threads < 0) {
        throw new IllegalArgumentException("threads is negative: " + threads);
      }
      this.crew = new Crew(requireNonNull(executor, "executor"), threads + 1);
      return this;
    }

    /** Default {@link ReplaceStyle#ATOMIC}. */
    public Builder replacing(ReplaceStyle value) {
      this.replacing = requireNonNull(value, "replacing");
      return this;
    }

    /**
     * Default none, and each pass looks at everything. With a watch a pass looks at what was
     * touched only, and if the watch tells by itself, so does the target's change feed. The target
     * does not close it.
     */
    public Builder watch(DirectoryWatch value) {
      this.watch = requireNonNull(value, "watch");
      return this;
    }

    /**
     * Default 10 minutes: how often everything is looked at although there is a watch, as not every
     * change makes an event.
     */
    public Builder sweepEvery(Duration value) {
      if (value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException("sweepEvery must be positive: " + value);
      }
      this.sweep = value;
      return this;
    }

    private @Nullable FileChanges changes(FileInventoryStore inventory) {
      return watch == null ? null : new FileChanges(root, watch, inventory, clock, sweep);
    }

    /** Default the JDK's; another one for tests. */
    Builder disk(Disk value) {
      this.disk = value;
      return this;
    }

    /** Default the JDK's; another one for tests. */
    Builder reads(FileReads value) {
      this.reads = value;
      return this;
    }

    /** Builds the target. It reads nothing yet. */
    public FilesystemTarget build() {
      return new FilesystemTarget(this);
    }

    /** Returns what is known of the target without looking at the directory. */
    public OfflineTarget offline() {
      return OfflineTarget.builder(
              idOf(root), new FileModel(links, new Sharing()), new FileDiffer())
          .arrangement(new FileArrangement())
          .build();
    }
  }
}
