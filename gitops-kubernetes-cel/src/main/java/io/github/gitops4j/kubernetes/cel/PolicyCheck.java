package io.github.gitops4j.kubernetes.cel;

import dev.cel.common.values.NullValue;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.kubernetes.cel.PolicyExpression.NotUnderstoodException;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.InputFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the policies about all objects, once all are known: a policy may stand behind them. */
final class PolicyCheck implements InputCheck {
  private final PolicyWorld world = new PolicyWorld();
  private final List<Resource> declared = new ArrayList<>();
  private final Set<String> leftOut = new HashSet<>();

  PolicyCheck(List<Document> given) {
    given.forEach(world::given);
  }

  @Override
  public List<InputFinding> look(Resource resource, CallContext call) {
    document(resource)
        .ifPresent(
            document -> {
              declared.add(resource);
              world.declared(document, resource.key().namespace());
            });
    return List.of();
  }

  private static Optional<Document> document(Resource resource) {
    return resource.content() instanceof Content.Structured structured
        ? Optional.of(structured.document())
        : Optional.empty();
  }

  @Override
  public List<InputFinding> end(CallContext call) {
    List<InputFinding> findings = new ArrayList<>();
    List<InForce> policies = world.bound().stream().map(InForce::of).toList();
    for (Resource resource : policies.isEmpty() ? List.<Resource>of() : declared) {
      call.checkActive("validate");
      // A server asks no policy about those that say who is asked.
      if (!resource.key().group().equals(PolicyWorld.GROUP)) {
        document(resource).ifPresent(object -> ask(policies, resource, object, findings));
      }
    }
    declared.clear();
    return findings;
  }

  /**
   * A policy that can be asked, or why it cannot.
   *
   * @param bound where it is in force
   * @param match which objects it is about
   * @param also which of these its binding is about
   * @param policy what it asks
   * @param reason why it cannot be asked
   */
  private record InForce(
      PolicyWorld.Bound bound,
      PolicyMatch match,
      PolicyMatch also,
      Optional<Policy> policy,
      String reason) {
    static InForce of(PolicyWorld.Bound bound) {
      PolicyMatch match = PolicyMatch.of(Parts.part(bound.policy(), "spec", "matchConstraints"));
      PolicyMatch also = PolicyMatch.of(Parts.part(bound.bindingSpec(), "matchResources"));
      try {
        return new InForce(bound, match, also, Optional.of(Policy.of(bound.policy())), "");
      } catch (NotUnderstoodException e) {
        String reason = String.valueOf(e.getMessage());
        return new InForce(bound, match, also, Optional.empty(), reason);
      }
    }

    PolicyMatch.Fit on(PolicySubject subject, Optional<Map<String, String>> labels) {
      PolicyMatch.Fit fit = match.on(subject, labels);
      return fit == PolicyMatch.Fit.YES ? also.on(subject, labels) : fit;
    }
  }

  private void ask(
      List<InForce> policies, Resource resource, Document object, List<InputFinding> findings) {
    Mapping root = Parts.root(object);
    PolicySubject subject =
        new PolicySubject(
            resource,
            object,
            PolicySubject.version(root),
            world.plural(resource.key().group(), resource.key().kind()));
    String namespace = subject.key().namespace();
    Optional<Map<String, String>> labels = world.labels(namespace);
    PolicyHearing hearing = new PolicyHearing(subject, world.namespace(namespace));
    for (InForce inForce : policies) {
      ask(inForce, subject, labels, hearing);
    }
    findings.addAll(hearing.findings());
    hearing
        .notAsked()
        .forEach(
            (policy, reason) -> {
              if (leftOut.add(policy)) {
                findings.add(
                    InputFinding.warning(
                        InputFinding.Rule.POLICY,
                        resource,
                        "policy " + policy + " is not checked: " + reason));
              }
            });
  }

  private void ask(
      InForce inForce,
      PolicySubject subject,
      Optional<Map<String, String>> labels,
      PolicyHearing hearing) {
    String name = inForce.bound().name();
    if (leftOut.contains(name)) {
      return;
    }
    PolicyMatch.Fit fit = inForce.on(subject, labels);
    if (fit == PolicyMatch.Fit.NO) {
      return;
    } else if (fit == PolicyMatch.Fit.UNKNOWN) {
      String namespace = subject.key().namespace();
      hearing.leave(name, "it selects namespaces by labels, and " + namespace + " is not declared");
    } else if (inForce.policy().isEmpty()) {
      hearing.leave(name, inForce.reason());
    } else {
      ask(inForce.bound(), inForce.policy().get(), subject, hearing);
    }
  }

  private void ask(
      PolicyWorld.Bound bound, Policy policy, PolicySubject subject, PolicyHearing hearing) {
    String namespace = subject.key().namespace();
    if (!namespace.isEmpty() && !hearing.knowsNamespace() && policy.asksForNamespace()) {
      hearing.leave(
          policy.name(), "it looks at namespace " + namespace + ", which is not declared");
      return;
    }
    if (!policy.demandsParameters()) {
      hearing.ask(policy, NullValue.NULL_VALUE, bound.denies());
      return;
    }
    List<Mapping> parameters = world.parameters(bound, namespace);
    if (parameters.isEmpty()) {
      hearing.leave(policy.name(), "its parameters are not declared");
    }
    parameters.forEach(each -> hearing.ask(policy, ObjectVariables.plain(each), bound.denies()));
  }
}
