package io.github.gitops4j.kubernetes;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.Lease;
import io.github.gitops4j.control.Leases;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Leases as objects of kind Lease (coordination.k8s.io/v1) in a namespace. One list and one write
 * in each renewal of a process; it needs the verbs list, create, patch and delete on them.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class KubernetesLeases implements Leases {
  private static final String PREFIX = "gitops4j.github.io/";
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ApiServer server;
  private final String collection;
  private final String installation;
  private final InstantSource clock;
  // Makes each write another one, also two within the time that the clock tells apart.
  private final AtomicLong renewals = new AtomicLong(System.nanoTime());

  private KubernetesLeases(
      ApiServer server, String namespace, String installation, InstantSource clock) {
    this.server = server;
    this.collection = "/apis/coordination.k8s.io/v1/namespaces/" + namespace + "/leases";
    this.installation = installation;
    this.clock = clock;
  }

  /**
   * Returns the leases of an installation.
   *
   * @param cluster the cluster, open for as long as the leases are used
   * @param namespace the namespace, which has to be there
   * @param installation the name of those who share their work: lower-case letters, digits and
   *     hyphens, at most 40
   */
  public static KubernetesLeases in(
      KubernetesCluster cluster, String namespace, String installation) {
    requireNonNull(namespace, "namespace");
    if (!installation.matches("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?")) {
      throw new IllegalArgumentException(
          "lower-case letters, digits and hyphens, at most 40, not " + installation);
    }
    return new KubernetesLeases(cluster.server(), namespace, installation, InstantSource.system());
  }

  @Override
  public List<Lease> list(CallContext call) {
    call.checkActive("list leases");
    String query = "?labelSelector=" + PREFIX + "leases%3D" + installation;
    ApiAnswer answer = required(ApiRequest.get(collection + query), call);
    List<Lease> leases = new ArrayList<>();
    Mapping root = (Mapping) answer.document().root();
    if (root.get("items").orElse(null) instanceof Sequence items) {
      for (int i = 0; i < items.size(); i++) {
        leases.add(lease((Mapping) items.get(i)));
      }
    }
    return leases;
  }

  private Lease lease(Mapping object) {
    Mapping metadata = (Mapping) object.get("metadata").orElseThrow();
    Mapping spec = object.get("spec").map(Mapping.class::cast).orElseGet(Mapping::empty);
    long transitions =
        spec.get("leaseTransitions")
            .map(Numeral.class::cast)
            .flatMap(number -> number.asLong().stream().boxed().findFirst())
            .orElse(0L);
    return new Lease(
        metadata.text("name").orElseThrow().substring(installation.length() + 1),
        spec.text("holderIdentity").orElse(""),
        transitions,
        metadata.text("resourceVersion").orElseThrow());
  }

  @Override
  public boolean write(Lease lease, CallContext call) {
    call.checkActive("write a lease");
    byte[] body = Document.of(object(lease)).canonicalJson();
    boolean isNew = lease.version().isEmpty();
    ApiAnswer answer =
        isNew
            ? server.send(ApiRequest.post(collection, body), call)
            // An update of a Lease that is gone would make it again; a patch does not.
            : server.send(ApiRequest.patch(path(lease), ApiRequest.MERGE_PATCH, body), call);
    // Somebody was first, or has removed it.
    if (answer.status() == 409 || (!isNew && answer.status() == 404)) {
      return false;
    }
    require(answer, "writing " + lease.name());
    return true;
  }

  private Mapping object(Lease lease) {
    String renewal = Long.toString(renewals.incrementAndGet());
    Mapping.Builder metadata =
        Mapping.builder()
            .put("name", Text.of(installation + "-" + lease.name()))
            .put("labels", Mapping.builder().put(PREFIX + "leases", Text.of(installation)).build())
            .put(
                "annotations", Mapping.builder().put(PREFIX + "renewal", Text.of(renewal)).build());
    if (!lease.version().isEmpty()) {
      metadata.put("resourceVersion", Text.of(lease.version()));
    }
    Mapping.Builder spec =
        Mapping.builder()
            .put("leaseTransitions", Numeral.of(lease.transitions()))
            .put("renewTime", Text.of(MICROS.format(clock.instant())));
    if (!lease.holder().isEmpty()) {
      spec.put("holderIdentity", Text.of(lease.holder()));
    } else if (!lease.version().isEmpty()) {
      spec.put("holderIdentity", Null.INSTANCE);
    }
    return Mapping.builder()
        .put("apiVersion", Text.of("coordination.k8s.io/v1"))
        .put("kind", Text.of("Lease"))
        .put("metadata", metadata.build())
        .put("spec", spec.build())
        .build();
  }

  @Override
  public void remove(Lease lease, CallContext call) {
    call.checkActive("remove a lease");
    Mapping version = Mapping.builder().put("resourceVersion", Text.of(lease.version())).build();
    ApiAnswer answer = server.send(ApiRequest.delete(path(lease), version, ""), call);
    if (answer.status() != 404 && answer.status() != 409) {
      require(answer, "removing " + lease.name());
    }
  }

  private String path(Lease lease) {
    return collection + "/" + installation + "-" + lease.name();
  }

  private ApiAnswer required(ApiRequest request, CallContext call) {
    return require(server.send(request, call), "listing leases");
  }

  private static ApiAnswer require(ApiAnswer answer, String what) {
    if (!answer.isSuccess()) {
      throw new LiveStateException(answer.refusal().failure(what));
    }
    return answer;
  }
}
