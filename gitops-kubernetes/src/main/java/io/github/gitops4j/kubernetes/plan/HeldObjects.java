package io.github.gitops4j.kubernetes.plan;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiKind;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.api.KindTable;
import io.github.gitops4j.kubernetes.internal.api.KindTable.GroupKind;
import io.github.gitops4j.kubernetes.internal.fields.ListPage;
import io.github.gitops4j.kubernetes.internal.fields.LiveObject;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.ResourceKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What namespaces and definitions hold beside what is removed with them. */
final class HeldObjects {
  private static final int PAGE = 500;
  private static final int NAMED = 5;
  private static final int IN_FLIGHT = 16;

  /** Kinds of which nobody misses an object: each is made anew, or is only another view. */
  private static final Set<String> PASSING = Set.of("Event", "Endpoints");

  private static final String VIEWS = "metrics.k8s.io";

  /** What every namespace has from the start. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "ConfigMap/kube-root-ca.crt",
          "ConfigMap/openshift-service-ca.crt",
          "ServiceAccount/default");

  private final ApiServer server;
  private final Discovery discovery;
  private final Set<ResourceKey> removals;

  HeldObjects(ApiServer server, Discovery discovery, Set<ResourceKey> removals) {
    this.server = server;
    this.discovery = discovery;
    this.removals = removals;
  }

  /** Returns what is held, in words; nothing if all of it goes. */
  Optional<String> objection(Holder holder, CallContext call) {
    SortedSet<ResourceKey> held =
        holder.sort() == Holder.Sort.NAMESPACE
            ? inNamespace(holder.name(), call)
            : ofDefinition(holder, call);
    if (held.isEmpty()) {
      return Optional.empty();
    }
    String some =
        held.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
    int more = held.size() - NAMED;
    return Optional.of(
        "still holds "
            + some
            + (more > 0 ? " and " + more + " more" : "")
            + ", which would go with it");
  }

  private SortedSet<ResourceKey> inNamespace(String namespace, CallContext call) {
    KindTable table = discovery.kinds(call);
    Optional<String> away =
        table.unreachable().stream().filter(group -> !group.equals(VIEWS)).sorted().findFirst();
    if (away.isPresent()) {
      throw new LiveStateException(
          FailureCategory.UNAVAILABLE,
          "Namespace/" + namespace + ": the server behind " + away.get() + " is away");
    }
    Map<GroupKind, ApiKind> kinds = new LinkedHashMap<>();
    table.forEach(
        (name, kind) -> {
          if (kind.namespaced() && !PASSING.contains(name.kind()) && !name.group().equals(VIEWS)) {
            kinds.put(name, kind);
          }
        });
    SortedSet<ResourceKey> held = new TreeSet<>();
    lists(kinds, namespace, call)
        .forEach(
            (name, objects) -> {
              for (LiveObject object : objects) {
                // What is owned goes or stays with its owner, which is listed too.
                if (object.owners().isEmpty()
                    && !BUILT_IN.contains(name.kind() + "/" + object.name())) {
                  held.add(ResourceKey.of(name.group(), name.kind(), namespace, object.name()));
                }
              }
            });
    held.removeAll(removals);
    return held;
  }

  private SortedSet<ResourceKey> ofDefinition(Holder definition, CallContext call) {
    Map<GroupKind, ApiKind> kinds = new LinkedHashMap<>();
    discovery
        .kinds(call)
        .forEach(
            (name, kind) -> {
              if (name.group().equals(definition.group())
                  && kind.plural().equals(definition.plural())) {
                kinds.put(name, kind);
              }
            });
    SortedSet<ResourceKey> held = new TreeSet<>();
    lists(kinds, "", call)
        .forEach(
            (name, objects) -> {
              for (LiveObject object : objects) {
                if (object.owners().stream().noneMatch(owner -> goes(owner, object))) {
                  held.add(
                      ResourceKey.of(name.group(), name.kind(), object.namespace(), object.name()));
                }
              }
            });
    held.removeAll(removals);
    return held;
  }

  private boolean goes(Mapping owner, LiveObject owned) {
    String version = owner.text("apiVersion").orElse("");
    String group = version.contains("/") ? version.substring(0, version.indexOf('/')) : "";
    String kind = owner.text("kind").orElse("");
    String name = owner.text("name").orElse("");
    return removals.contains(ResourceKey.of(group, kind, owned.namespace(), name))
        || removals.contains(ResourceKey.of(group, kind, "", name));
  }

  private Map<GroupKind, List<LiveObject>> lists(
      Map<GroupKind, ApiKind> kinds, String namespace, CallContext call) {
    Map<GroupKind, List<LiveObject>> found = new LinkedHashMap<>();
    List<Map.Entry<GroupKind, ApiKind>> all = List.copyOf(kinds.entrySet());
    for (int from = 0; from < all.size(); from += IN_FLIGHT) {
      Map<Map.Entry<GroupKind, ApiKind>, CompletableFuture<ApiAnswer>> sent = new LinkedHashMap<>();
      for (var kind : all.subList(from, Math.min(all.size(), from + IN_FLIGHT))) {
        ApiRequest list = ApiRequest.get(path(kind.getValue(), namespace));
        sent.put(kind, server.sendAsync(list, call));
      }
      sent.forEach(
          (kind, answer) -> {
            ApiRequest list = ApiRequest.get(path(kind.getValue(), namespace));
            ApiAnswer first = server.finish(list, answer, call);
            found.put(kind.getKey(), pages(kind.getKey(), list, first, call));
          });
    }
    return found;
  }

  private static String path(ApiKind kind, String namespace) {
    return kind.collection(kind.version(), namespace) + "?limit=" + PAGE;
  }

  private List<LiveObject> pages(
      GroupKind kind, ApiRequest list, ApiAnswer first, CallContext call) {
    List<LiveObject> objects = new ArrayList<>();
    ApiAnswer answer = first;
    while (answer.status() != 404) {
      if (!answer.isSuccess()) {
        throw new LiveStateException(
            answer.refusal().failure(kind.kind() + ": listing what would go too"));
      }
      ListPage page = ListPage.read(answer.body());
      page.items().forEach(item -> objects.add(item.tree()));
      if (page.more().isEmpty()) {
        break;
      }
      answer = server.send(list.continuedAt(page.more()), call);
    }
    return objects;
  }
}
