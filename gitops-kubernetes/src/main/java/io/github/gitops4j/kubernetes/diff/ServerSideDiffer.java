package io.github.gitops4j.kubernetes.diff;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.diff.AdditionPolicy;
import io.github.gitops4j.diff.Comparison;
import io.github.gitops4j.diff.DiffBatch;
import io.github.gitops4j.diff.Differ;
import io.github.gitops4j.diff.DocumentDiffer;
import io.github.gitops4j.diff.Drift;
import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.Masking;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.DiffException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiKind;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.live.LiveResource;
import io.github.gitops4j.live.Observation;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Asks the server what applying would change: a dry run, compared with the live object. So
 * defaults, webhooks and the server's own view of a value are in it, and none of them is a
 * difference.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ServerSideDiffer implements Differ {
  private static final int IN_FLIGHT = 16;
  private static final int NO_APPLY = 415;
  private static final int ATTEMPTS = 4;

  private final ApiServer server;
  private final Discovery discovery;
  private final ManagerName manager;
  private final OfflineDiffer withoutApply = OfflineDiffer.builder().build();

  /** Creates a differ that applies under a manager's name. */
  public ServerSideDiffer(ApiServer server, Discovery discovery, ManagerName manager) {
    this.server = requireNonNull(server, "server");
    this.discovery = requireNonNull(discovery, "discovery");
    this.manager = requireNonNull(manager, "manager");
  }

  /** A comparison that is settled, or whose dry run is under way. */
  private sealed interface Begun {
    record Settled(Drift drift) implements Begun {}

    record Asked(
        Comparison sides,
        LiveObject live,
        ApplyPayload payload,
        IgnoredFields ignored,
        ApiRequest request,
        CompletableFuture<ApiAnswer> answer)
        implements Begun {
      Asked of(LiveObject other) {
        return new Asked(sides, other, payload, ignored, request, answer);
      }
    }
  }

  @Override
  public List<Drift> diff(DiffBatch batch, CallContext call) {
    List<Drift> drifts = new ArrayList<>();
    List<Comparison> all = batch.comparisons();
    for (int from = 0; from < all.size(); from += IN_FLIGHT) {
      drifts.addAll(
          together(all.subList(from, Math.min(all.size(), from + IN_FLIGHT)), batch, call));
    }
    return drifts;
  }

  /** Sends the dry runs of some objects at the same time. */
  private List<Drift> together(List<Comparison> some, DiffBatch batch, CallContext call) {
    List<Begun> begun = new ArrayList<>();
    for (Comparison sides : some) {
      begun.add(begin(sides, batch, call));
    }
    List<Drift> drifts = new ArrayList<>();
    for (Begun each : begun) {
      if (each instanceof Begun.Asked asked) {
        drifts.add(finish(asked, batch, call));
      } else if (each instanceof Begun.Settled settled) {
        drifts.add(settled.drift());
      }
    }
    return drifts;
  }

  private Begun begin(Comparison sides, DiffBatch batch, CallContext call) {
    call.checkActive("diff");
    if (sides.live() instanceof Observation.Unreadable unreadable) {
      return new Begun.Settled(new Drift.Undecided(unreadable.failure()));
    } else if (!(sides.live() instanceof Observation.Present present)) {
      return new Begun.Settled(Drift.Missing.INSTANCE);
    } else if (sides.desired().isEmpty()) {
      return new Begun.Settled(Drift.Extra.INSTANCE);
    } else {
      try {
        LiveObject live = LiveObject.of(present.resource().document().orElseThrow());
        return ask(sides, live, batch, call);
      } catch (CallException e) {
        throw e;
      } catch (RuntimeException e) {
        return new Begun.Settled(new Drift.Undecided(Failure.from(e)));
      }
    }
  }

  private Begun ask(Comparison sides, LiveObject live, DiffBatch batch, CallContext call) {
    ResourceKey key = sides.key();
    if (!(batch.desired().load(key, call).content() instanceof Content.Structured declared)) {
      throw new DiffException(FailureCategory.INVALID_INPUT, key + ": comparing failed: no object");
    }
    ApplyPayload whole = ApplyPayload.of(key, declared.document());
    ApiKind kind =
        discovery
            .find(key.group(), key.kind(), call)
            .orElseThrow(
                () ->
                    new DiffException(
                        FailureCategory.UNAVAILABLE,
                        key + ": comparing failed: the server does not serve this kind"));
    if (!kind.isPatchable()) {
      return new Begun.Settled(compared(sides, live, whole, batch));
    }
    LiveObject known =
        IgnoredFields.concern(batch.ignoreRules(), key) ? asItIs(sides, kind, call) : live;
    IgnoredFields ignored = IgnoredFields.of(batch.ignoreRules(), key, known, whole.document());
    ApplyPayload payload = whole.keeping(ignored, known, manager);
    ApiRequest request =
        ApiRequest.apply(
            kind.object(payload.version(), key.namespace(), key.name()),
            manager.name(),
            "&force=true&dryRun=All",
            payload.body());
    return new Begun.Asked(
        sides, known, payload, ignored, request, server.sendAsync(request, call));
  }

  /**
   * Reads the object, with its managed fields, which are not kept. What was written to its status
   * since it was looked at is no difference.
   *
   * @throws DiffException with {@link FailureCategory#STALE} if it is another one by now
   */
  private LiveObject asItIs(Comparison sides, ApiKind kind, CallContext call) {
    ResourceKey key = sides.key();
    String path = kind.object(kind.version(), key.namespace(), key.name());
    ApiAnswer answer = server.send(ApiRequest.get(path), call);
    if (answer.status() == 404) {
      throw stale(key);
    }
    if (!answer.isSuccess()) {
      throw new DiffException(answer.failure(key, "reading"));
    }
    ServerObject now = ServerObject.read(answer.body());
    if (!isSame(now.observed(key, manager), given(sides))) {
      throw stale(key);
    }
    return now.tree();
  }

  private static boolean isSame(LiveResource one, LiveResource other) {
    return one.uid().equals(other.uid())
        && one.digest().equals(other.digest())
        && one.owner().equals(other.owner());
  }

  private static LiveResource given(Comparison sides) {
    if (sides.live() instanceof Observation.Present present) {
      return present.resource();
    }
    throw new AssertionError(sides.live());
  }

  private static DiffException stale(ResourceKey key) {
    return new DiffException(
        FailureCategory.STALE, key + ": comparing failed: it was changed meanwhile");
  }

  private Drift finish(Begun.Asked asked, DiffBatch batch, CallContext call) {
    try {
      ApiAnswer answer = server.finish(asked.request(), asked.answer(), call);
      if (answer.isSuccess()) {
        return drift(onOneVersion(asked, LiveObject.of(answer.document()), batch, call));
      }
      if (answer.status() == NO_APPLY) {
        Begun.Asked now = asItIs(asked, call);
        return compared(now.sides(), now.live(), now.payload(), batch);
      }
      if (answer.status() == 422) {
        // Refused, as a field cannot change or is wrong: what is declared still differs, and the
        // write says why it cannot be. The refusal does not say of which version it is.
        Document wanted = Document.of(LiveObject.of(asked.payload().document()).content());
        Begun.Asked now = asItIs(asked, call);
        List<FieldChange> changes = changes(now, wanted, AdditionPolicy.IGNORE, batch);
        if (!changes.isEmpty()) {
          return new Drift.Changed(changes);
        }
      }
      return new Drift.Undecided(refusal(asked, answer));
    } catch (CallException e) {
      throw e;
    } catch (RuntimeException e) {
      return new Drift.Undecided(Failure.from(e));
    }
  }

  /**
   * What a controller has written between the look and the dry run is no difference. A dry run has
   * the version of the object that it was made on, so what was kept of this version is what it was
   * made on. A status that is written again and again is outrun.
   */
  private List<FieldChange> onOneVersion(
      Begun.Asked asked, LiveObject made, DiffBatch batch, CallContext call) {
    Begun.Asked sides = asked;
    LiveObject after = made;
    for (int attempt = 1; attempt < ATTEMPTS && !isMadeOn(sides.live(), after); attempt++) {
      sides = asItIs(sides, call);
      if (!isMadeOn(sides.live(), after)) {
        ApiAnswer again = server.send(asked.request(), call);
        if (!again.isSuccess()) {
          throw new DiffException(refusal(asked, again));
        }
        after = LiveObject.of(again.document());
      }
    }
    return changes(sides, Document.of(after.content()), AdditionPolicy.REPORT, batch);
  }

  private static boolean isMadeOn(LiveObject live, LiveObject after) {
    return live.resourceVersion().equals(after.resourceVersion()) && live.uid().equals(after.uid());
  }

  private Begun.Asked asItIs(Begun.Asked asked, CallContext call) {
    ResourceKey key = asked.sides().key();
    return discovery
        .find(key.group(), key.kind(), call)
        .map(kind -> asked.of(asItIs(asked.sides(), kind, call)))
        .orElse(asked);
  }

  /** A server that knows no apply has no dry run of one, and keeps no account of who owns what. */
  private Drift compared(
      Comparison sides, LiveObject live, ApplyPayload declared, DiffBatch batch) {
    return withoutApply.compare(
        sides.key(),
        declared.document(),
        live.document(),
        batch.ignoreRules(),
        masking(sides, batch));
  }

  private static Masking masking(Comparison sides, DiffBatch batch) {
    return Masking.of(sides.desired().orElseThrow().traits().sensitivePaths(), batch.maskingKey());
  }

  private static Failure refusal(Begun.Asked asked, ApiAnswer answer) {
    ResourceKey key = asked.sides().key();
    boolean unserved = answer.status() == 404 && answer.refusal().reason().isEmpty();
    return unserved
        ? Failure.of(
            FailureCategory.UNAVAILABLE,
            key
                + ": comparing failed: version "
                + asked.payload().version()
                + " of its kind is not served")
        : answer.failure(key, "comparing");
  }

  private static Drift drift(List<FieldChange> changes) {
    return changes.isEmpty() ? Drift.InSync.INSTANCE : new Drift.Changed(changes);
  }

  private static List<FieldChange> changes(
      Begun.Asked asked, Document after, AdditionPolicy additions, DiffBatch batch) {
    DocumentDiffer differ =
        DocumentDiffer.builder()
            .additions(additions)
            .listKeys(asked.payload().listKeys())
            .ignoring(asked.ignored().paths())
            .masking(masking(asked.sides(), batch))
            .build();
    return differ.diff(after, Document.of(asked.live().content()));
  }
}
