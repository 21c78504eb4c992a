package io.github.gitops4j.kubernetes.apply;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.apply.Applier;
import io.github.gitops4j.apply.ApplyRequest;
import io.github.gitops4j.apply.ApplySession;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;

/**
 * Writes to a cluster by server-side apply under the field manager of one owner.
 *
 * <p>Each update and each removal names the version of the object that it was planned for, so that
 * nothing is overwritten that nobody has looked at. A create takes no field from anybody. Within a
 * wave the actions of one order run at the same time, up to a number of requests.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ServerSideApplier implements Applier {
  private final Builder options;

  private ServerSideApplier(Builder options) {
    this.options = new Builder(options);
  }

  /** Returns a builder. */
  public static Builder builder(ApiServer server, Discovery discovery, ManagerName manager) {
    return new Builder(server, discovery, manager);
  }

  @Override
  public ApplySession open(ApplyRequest request, CallContext call) {
    ObjectCalls calls = new ObjectCalls(options.server, options.discovery, options.manager);
    Fencing fencing = new Fencing(calls, options.known);
    Removing removing = new Removing(calls, fencing, options.propagation);
    Writing writing = new Writing(request, calls, fencing, removing, options.retry);
    return new WaveSession(options.server, fencing, writing, removing, options.inFlight);
  }

  /** Builds a {@link ServerSideApplier}. Confined to one thread. */
  public static final class Builder {
    private final ApiServer server;
    private final Discovery discovery;
    private final ManagerName manager;
    private KnownObjects known = KnownObjects.none();
    private DeletePropagation propagation = DeletePropagation.BACKGROUND;
    private RetryPolicy retry = RetryPolicy.builder().build();
    private int inFlight = 16;

    private Builder(ApiServer server, Discovery discovery, ManagerName manager) {
      this.server = requireNonNull(server, "server");
      this.discovery = requireNonNull(discovery, "discovery");
      this.manager = requireNonNull(manager, "manager");
    }

    private Builder(Builder other) {
      this(other.server, other.discovery, other.manager);
      this.known = other.known;
      this.propagation = other.propagation;
      this.retry = other.retry;
      this.inFlight = other.inFlight;
    }

    /** Default {@link KnownObjects#none()}, and each object is read before it is changed. */
    public Builder known(KnownObjects value) {
      this.known = requireNonNull(value, "known");
      return this;
    }

    /** Default {@link DeletePropagation#BACKGROUND}. */
    public Builder propagation(DeletePropagation value) {
      this.propagation = requireNonNull(value, "propagation");
      return this;
    }

    /** Default the default of {@link RetryPolicy}: the pauses while a new kind is not served. */
    public Builder retry(RetryPolicy value) {
      this.retry = requireNonNull(value, "retry");
      return this;
    }

    /** Default 16: how many requests are under way at most. */
    public Builder inFlight(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("at least one request in flight, not " + value);
      }
      this.inFlight = value;
      return this;
    }

    /** Builds the applier. */
    public ServerSideApplier build() {
      return new ServerSideApplier(this);
    }
  }
}
