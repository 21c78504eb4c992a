package io.github.gitops4j.kubernetes.live;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiKind;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.api.Discovery;
import io.github.gitops4j.kubernetes.internal.fields.ListPage;
import io.github.gitops4j.kubernetes.internal.fields.ManagerName;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.live.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Lists kinds in the namespaces in use, or in all of them at once if they are many and that is
 * allowed. Confined to one thread.
 */
final class Listing {
  private static final int IN_FLIGHT = 16;
  private static final int PAGE = 500;
  private static final int RESTARTS = 3;

  private final ApiServer server;
  private final Discovery discovery;
  private final ManagerName manager;
  private final BiFunction<Place, CallContext, Looking.Listed> unserved;
  private final Consumer<Place> before;
  private final Map<Place, Looking.Listed> found = new HashMap<>();
  private final List<WatchStart> lists = new ArrayList<>();

  Listing(
      ApiServer server,
      Discovery discovery,
      ManagerName manager,
      BiFunction<Place, CallContext, Looking.Listed> unserved,
      Consumer<Place> before) {
    this.server = server;
    this.discovery = discovery;
    this.manager = manager;
    this.unserved = unserved;
    this.before = before;
  }

  /**
   * One list to be made.
   *
   * @param kind what to list
   * @param namespace where; empty text for everywhere
   * @param places what it answers for
   */
  private record Wanted(ApiKind kind, String namespace, Set<Place> places) {
    Place any() {
      return places.iterator().next();
    }

    String collection() {
      return kind.collection(kind.version(), namespace);
    }

    String path() {
      return collection() + "?limit=" + PAGE;
    }

    Place watched() {
      return new Place(any().group(), any().kind(), namespace);
    }

    WatchStart at(String version) {
      return new WatchStart(watched(), collection(), kind.collection(kind.version(), ""), version);
    }

    boolean isOfMany() {
      return places.size() > 1;
    }
  }

  Looking.Lists of(Collection<Place> places, CallContext call) {
    List<Wanted> refused = together(wanted(places, call), call);
    together(refused.stream().flatMap(list -> each(list).stream()).toList(), call);
    return new Looking.Lists(found, lists);
  }

  private List<Wanted> wanted(Collection<Place> places, CallContext call) {
    Map<ApiKind, Set<Place>> kinds = new LinkedHashMap<>();
    for (Place place : places) {
      try {
        Optional<ApiKind> kind = discovery.find(place.group(), place.kind(), call);
        if (kind.isPresent()) {
          kinds.computeIfAbsent(kind.get(), any -> new HashSet<>()).add(place);
        } else {
          found.put(place, unserved.apply(place, call));
        }
      } catch (CallException e) {
        throw e;
      } catch (GitOpsException e) {
        found.put(place, Looking.Listed.failed(Looking.ofThis(e)));
      }
    }
    List<Wanted> lists = new ArrayList<>();
    kinds.forEach(
        (kind, inUse) -> {
          Wanted all = new Wanted(kind, "", inUse);
          lists.addAll(inUse.size() >= SharedWatches.MANY_NAMESPACES ? List.of(all) : each(all));
        });
    return lists;
  }

  private static List<Wanted> each(Wanted all) {
    return all.places().stream()
        .map(place -> new Wanted(all.kind(), place.namespace(), Set.of(place)))
        .toList();
  }

  /** Makes lists, and returns those of many namespaces that are forbidden as such. */
  private List<Wanted> together(List<Wanted> lists, CallContext call) {
    List<Wanted> refused = new ArrayList<>();
    for (int from = 0; from < lists.size(); from += IN_FLIGHT) {
      call.checkActive("looking at " + lists.get(from).any());
      List<Wanted> some = lists.subList(from, Math.min(lists.size(), from + IN_FLIGHT));
      List<CompletableFuture<ApiAnswer>> sent = new ArrayList<>();
      for (Wanted list : some) {
        before.accept(list.watched());
        sent.add(server.sendAsync(ApiRequest.get(list.path()), call));
      }
      for (int i = 0; i < some.size(); i++) {
        if (!finish(some.get(i), sent.get(i), call)) {
          refused.add(some.get(i));
        }
      }
    }
    return refused;
  }

  private boolean finish(Wanted list, CompletableFuture<ApiAnswer> sent, CallContext call) {
    try {
      ApiAnswer answer = server.finish(ApiRequest.get(list.path()), sent, call);
      if (answer.status() == 403 && list.isOfMany()) {
        return false;
      }
      pages(list, answer, call);
    } catch (CallException e) {
      throw e;
    } catch (GitOpsException e) {
      Failure failure = Looking.ofThis(e);
      list.places().forEach(place -> found.put(place, Looking.Listed.failed(failure)));
    }
    return true;
  }

  private void pages(Wanted list, ApiAnswer first, CallContext call) {
    ApiAnswer answer = first;
    for (int attempt = 1; ; attempt++) {
      Map<Place, List<Looking.Seen>> resources = new HashMap<>();
      list.places().forEach(place -> resources.put(place, new ArrayList<>()));
      while (answer.isSuccess()) {
        ListPage page = ListPage.read(answer.body());
        take(list, page.items(), resources);
        if (page.more().isEmpty()) {
          lists.add(list.at(page.version()));
          resources.forEach((place, seen) -> found.put(place, Looking.Listed.of(seen)));
          return;
        }
        answer = server.send(ApiRequest.get(list.path()).continuedAt(page.more()), call);
      }
      // 410: the pages that were left are too old by now, so the list begins anew.
      if (answer.status() != 410 || attempt > RESTARTS) {
        throw new LiveStateException(answer.refusal().failure(list.any() + ": listing"));
      }
      answer = server.send(ApiRequest.get(list.path()), call);
    }
  }

  /** Takes what is in the places in use. */
  private void take(
      Wanted list, List<ServerObject> items, Map<Place, List<Looking.Seen>> resources) {
    Place any = list.any();
    for (ServerObject item : items) {
      Place place = list.isOfMany() ? new Place(any.group(), any.kind(), item.namespace()) : any;
      List<Looking.Seen> here = resources.get(place);
      if (here != null) {
        here.add(Looking.Seen.of(place.key(item.name()), item, manager));
      }
    }
  }
}
