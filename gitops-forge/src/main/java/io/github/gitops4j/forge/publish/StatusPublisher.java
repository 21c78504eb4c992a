package io.github.gitops4j.forge.publish;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.control.ControllerEvent;
import io.github.gitops4j.control.ControllerListener;
import io.github.gitops4j.reconcile.ReconcileEvent;
import io.github.gitops4j.source.Revision;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Publishes how the applications of a controller stand, as statuses of the commits that they were
 * made from and, if it is told to, as deployments.
 *
 * <p>The context is {@code gitops/} and the name of the application. That work is under way is said
 * for a revision only until it has once succeeded, so a look that finds nothing to do says nothing
 * new. What is no commit, such as the state of a directory, has no status. A deployment is told of
 * where a pass had something to do; its environment is the name of the application.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class StatusPublisher implements ControllerListener {
  private static final String CONTEXT = "gitops/";

  private final Publisher publisher;
  private final ForgeClient client;
  private final Predicate<String> applications;
  private final boolean statuses;
  private final boolean deployments;
  private final Function<String, Optional<URI>> pages;
  private final Object lock = new Object();
  private final Map<String, Progress> progress = new HashMap<>();

  /** What was told of an application: the revision, and how far it is. */
  private record Progress(Revision revision, boolean hasSucceeded, boolean isDeployed) {}

  private StatusPublisher(Builder builder) {
    this.publisher = builder.publisher;
    this.client = builder.client;
    this.applications = builder.applications;
    this.statuses = builder.statuses;
    this.deployments = builder.deployments;
    this.pages = builder.pages;
  }

  /**
   * Starts a listener.
   *
   * @param client the repository that the applications are declared in
   */
  public static Builder builder(Publisher publisher, ForgeClient client) {
    return new Builder(publisher, client);
  }

  @Override
  public void onEvent(ControllerEvent event) {
    if (event instanceof ControllerEvent.OfApplication of && applications.test(of.application())) {
      take(of);
    }
  }

  private void take(ControllerEvent.OfApplication event) {
    String application = event.application();
    if (event instanceof ControllerEvent.PassTold told
        && told.event() instanceof ReconcileEvent.PlanMade made
        && !made.plan().isEmpty()
        && CommitId.is(made.plan().revision())) {
      begun(application, made.plan().revision(), made.plan().actions().size());
    } else if (event instanceof ControllerEvent.TurnEnded ended) {
      Standing.of(ended.status()).ifPresent(standing -> ended(application, standing));
    } else if (event instanceof ControllerEvent.ApplicationRemoved) {
      synchronized (lock) {
        progress.remove(application);
      }
    }
  }

  private void begun(String application, Revision revision, int actions) {
    synchronized (lock) {
      Progress before = progress.get(application);
      if (before != null && before.revision().sameContentAs(revision) && before.hasSucceeded()) {
        return;
      }
      progress.put(application, new Progress(revision, false, true));
    }
    tell(application, new Standing(revision, PublishState.RUNNING, actions + " to do"), true);
  }

  private void ended(String application, Standing standing) {
    boolean isDeployed;
    synchronized (lock) {
      Optional<Progress> before =
          Optional.ofNullable(progress.get(application))
              .filter(known -> known.revision().sameContentAs(standing.revision()));
      isDeployed = before.filter(Progress::isDeployed).isPresent();
      boolean hasSucceeded =
          standing.state() == PublishState.SUCCESS
              || before.filter(Progress::hasSucceeded).isPresent();
      progress.put(application, new Progress(standing.revision(), hasSucceeded, isDeployed));
    }
    tell(application, standing, isDeployed);
  }

  private void tell(String application, Standing standing, boolean isDeployed) {
    Optional<URI> page = pages.apply(application);
    if (statuses) {
      publisher.offer(
          client,
          new CommitStatus(
              standing.revision(),
              CONTEXT + application,
              standing.state(),
              standing.words(),
              page));
    }
    if (deployments && isDeployed && standing.state() != PublishState.CHANGES) {
      publisher.offer(
          client,
          new Deployment(
              standing.revision(), application, standing.state(), standing.words(), page));
    }
  }

  /** Collects the parts of a listener. Confined to one thread. */
  public static final class Builder {
    private final Publisher publisher;
    private final ForgeClient client;
    private Predicate<String> applications = any -> true;
    private boolean statuses = true;
    private boolean deployments;
    private Function<String, Optional<URI>> pages = any -> Optional.empty();

    private Builder(Publisher publisher, ForgeClient client) {
      this.publisher = requireNonNull(publisher, "publisher");
      this.client = requireNonNull(client, "client");
    }

    /** Default all. The names of the applications that are declared in the repository. */
    public Builder applications(Predicate<String> value) {
      this.applications = requireNonNull(value, "applications");
      return this;
    }

    /** Default on. Leaves out the statuses of commits. */
    public Builder withoutStatuses() {
      this.statuses = false;
      return this;
    }

    /** Default off. Tells of deployments. */
    public Builder deployments() {
      this.deployments = true;
      return this;
    }

    /** Default none. Where to read more of an application; Bitbucket demands it. */
    public Builder pages(Function<String, Optional<URI>> value) {
      this.pages = requireNonNull(value, "pages");
      return this;
    }

    /** Returns the listener. */
    public StatusPublisher build() {
      return new StatusPublisher(this);
    }
  }
}
