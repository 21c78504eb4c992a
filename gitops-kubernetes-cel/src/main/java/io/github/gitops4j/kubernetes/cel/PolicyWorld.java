package io.github.gitops4j.kubernetes.cel;

import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known around the objects that are judged: policies, what they look at, and namespaces.
 */
final class PolicyWorld {
  static final String GROUP = "admissionregistration.k8s.io";

  private final Map<GroupKind, List<Placed>> objects = new HashMap<>();
  private final Map<String, Mapping> namespaces = new HashMap<>();
  private final Map<GroupKind, String> plurals = new HashMap<>();

  private record GroupKind(String group, String kind) {
    static final GroupKind NAMESPACE = new GroupKind("", "Namespace");
    static final GroupKind POLICY = new GroupKind(GROUP, "ValidatingAdmissionPolicy");
    static final GroupKind BINDING = new GroupKind(GROUP, "ValidatingAdmissionPolicyBinding");
    static final GroupKind DEFINITION =
        new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition");

    static GroupKind of(Mapping object) {
      String apiVersion = object.text("apiVersion").orElse("");
      int slash = apiVersion.indexOf('/');
      return new GroupKind(
          slash < 0 ? "" : apiVersion.substring(0, slash), object.text("kind").orElse(""));
    }
  }

  /**
   * An object.
   *
   * @param namespace where it is; empty if it is in none, or that is not said
   * @param isGiven whether it was given, and is not among what is judged
   */
  private record Placed(Mapping object, String namespace, boolean isGiven) {
    String name() {
      return Parts.part(object, "metadata").text("name").orElse("");
    }
  }

  /**
   * A policy, and where it is in force.
   *
   * @param policy the policy, as it is written
   * @param binding what binds it; nothing if nobody does, and it was given to be asked
   */
  record Bound(Mapping policy, Optional<Mapping> binding) {
    String name() {
      return Parts.part(policy, "metadata").text("name").orElse("");
    }

    Mapping bindingSpec() {
      return binding.map(object -> Parts.part(object, "spec")).orElse(Mapping.empty());
    }

    /** Says whether the server refuses what it finds; else it only warns. */
    boolean denies() {
      return binding.isEmpty() || Parts.texts(bindingSpec(), "validationActions").contains("Deny");
    }
  }

  /** Takes note of an object that was given to look at. */
  void given(Document document) {
    Mapping object = Parts.root(document);
    String namespace = Parts.part(object, "metadata").text("namespace").orElse("");
    add(new Placed(object, namespace, true));
  }

  /** Takes note of an object that is declared. */
  void declared(Document document, String namespace) {
    add(new Placed(Parts.root(document), namespace, false));
  }

  private void add(Placed placed) {
    GroupKind kind = GroupKind.of(placed.object());
    objects.computeIfAbsent(kind, any -> new ArrayList<>()).add(placed);
    if (kind.equals(GroupKind.NAMESPACE)) {
      namespaces.putIfAbsent(placed.name(), placed.object());
    } else if (kind.equals(GroupKind.DEFINITION)) {
      Mapping spec = Parts.part(placed.object(), "spec");
      Mapping names = Parts.part(spec, "names");
      GroupKind defined =
          new GroupKind(spec.text("group").orElse(""), names.text("kind").orElse(""));
      names.text("plural").ifPresent(plural -> plurals.put(defined, plural));
    }
  }

  private List<Placed> of(GroupKind kind) {
    return objects.getOrDefault(kind, List.of());
  }

  /** Returns the name of a kind in paths; where nobody says it, it is as for all of Kubernetes. */
  String plural(String group, String kind) {
    String known = plurals.get(new GroupKind(group, kind));
    if (known != null) {
      return known;
    }
    String word = kind.toLowerCase(Locale.ROOT);
    if (word.equals("endpoints")) {
      return word;
    } else if (word.endsWith("s")) {
      return word + "es";
    }
    return word.endsWith("y") ? word.substring(0, word.length() - 1) + "ies" : word + "s";
  }

  /** Returns the policies that are in force, in the order in which they are written. */
  List<Bound> bound() {
    Map<String, Placed> policies = new LinkedHashMap<>();
    of(GroupKind.POLICY).forEach(object -> policies.putIfAbsent(object.name(), object));
    List<Bound> bound = new ArrayList<>();
    policies.forEach(
        (name, policy) -> {
          List<Mapping> bindings = bindings(name);
          bindings.forEach(by -> bound.add(new Bound(policy.object(), Optional.of(by))));
          if (bindings.isEmpty() && policy.isGiven()) {
            bound.add(new Bound(policy.object(), Optional.empty()));
          }
        });
    return bound;
  }

  private List<Mapping> bindings(String policy) {
    return of(GroupKind.BINDING).stream()
        .map(Placed::object)
        .filter(object -> Parts.part(object, "spec").text("policyName").orElse("").equals(policy))
        .toList();
  }

  /** Returns a namespace, if it is known. */
  Optional<Mapping> namespace(String name) {
    return Optional.ofNullable(namespaces.get(name));
  }

  /** Returns the labels of a namespace, if it is known; one has its name in any case. */
  Optional<Map<String, String>> labels(String namespace) {
    return namespace(namespace)
        .map(
            object -> {
              Map<String, String> labels = new HashMap<>(Parts.labels(Document.of(object)));
              labels.put(PolicyMatch.NAME_LABEL, namespace);
              return labels;
            });
  }

  /** Returns the parameters of a policy for an object in a namespace. */
  List<Mapping> parameters(Bound bound, String namespace) {
    Mapping kind = Parts.part(bound.policy(), "spec", "paramKind");
    Mapping ref = Parts.part(bound.bindingSpec(), "paramRef");
    String where = ref.text("namespace").orElse(namespace);
    Optional<String> name = ref.text("name");
    LabelSelector selector = new LabelSelector(Parts.part(ref, "selector"));
    return of(GroupKind.of(kind)).stream()
        .filter(object -> object.namespace().isEmpty() || object.namespace().equals(where))
        .filter(object -> name.isEmpty() || name.get().equals(object.name()))
        .filter(
            object ->
                name.isPresent() || selector.selects(Parts.labels(Document.of(object.object()))))
        .map(Placed::object)
        .toList();
  }
}
