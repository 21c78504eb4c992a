package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Origin;
import io.github.gitops4j.resource.Resource;
import io.github.gitops4j.source.InputCheck;
import io.github.gitops4j.source.InputFinding;
import io.github.gitops4j.source.InputFinding.Rule;
import io.github.gitops4j.source.InputFinding.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Looks at objects of Kubernetes at once, and at others when all definitions were seen. */
final class SchemaCheck implements InputCheck {
  private static final FieldPath NAMESPACE = FieldPath.parse("/metadata/namespace");

  private final KubernetesSchemas schemas;
  private final Definitions declared;
  private final RuleWalk rules = new RuleWalk();
  private final List<Resource> waiting = new ArrayList<>();
  private final Set<GroupVersionKind> unknown = new HashSet<>();

  SchemaCheck(KubernetesSchemas schemas) {
    this.schemas = schemas;
    this.declared = schemas.declared();
  }

  @Override
  public List<InputFinding> look(Resource resource, CallContext call) {
    if (!(resource.content() instanceof Content.Structured structured)) {
      return List.of();
    }
    Document object = structured.document();
    GroupVersionKind kind = GroupVersionKind.of(object);
    List<InputFinding> findings = new ArrayList<>();
    if (Definitions.isDefinition(kind)) {
      declared.add(object);
    }
    if (resource.key().namespace().isEmpty() && !object.text(NAMESPACE).orElse("").isEmpty()) {
      findings.add(
          new InputFinding(
              Rule.SCHEMA,
              Severity.WARNING,
              at(resource, object.lineOf(NAMESPACE)),
              NAMESPACE,
              "the kind lives in no namespace; it is left out"));
    }
    if (schemas.isBuiltIn(kind.group()) && !declared.knows(kind)) {
      findings.addAll(builtIn(resource, kind));
    } else {
      waiting.add(resource);
    }
    return findings;
  }

  @Override
  public List<InputFinding> end(CallContext call) {
    List<InputFinding> findings = new ArrayList<>();
    for (Resource resource : waiting) {
      call.checkActive("validate");
      GroupVersionKind kind = GroupVersionKind.of(document(resource));
      if (declared.knows(kind)) {
        findings.addAll(custom(resource, kind, declared, call));
      } else if (schemas.defined().knows(kind)) {
        findings.addAll(custom(resource, kind, schemas.defined(), call));
      } else {
        findings.addAll(other(resource, kind, call));
      }
    }
    waiting.clear();
    return findings;
  }

  private List<InputFinding> builtIn(Resource resource, GroupVersionKind kind) {
    return schemas
        .published(kind)
        .map(definition -> problems(resource, definition.schema()))
        .orElseGet(
            () ->
                List.of(
                    InputFinding.error(
                        Rule.SCHEMA,
                        resource,
                        "this Kubernetes has no " + kind.kind() + " in " + kind.apiVersion())));
  }

  private List<InputFinding> custom(
      Resource resource, GroupVersionKind kind, Definitions definitions, CallContext call) {
    return definitions
        .find(kind)
        .map(definition -> defined(resource, definition, call))
        .orElseGet(
            () ->
                List.of(
                    InputFinding.error(
                        Rule.SCHEMA,
                        resource,
                        "its definition serves no version "
                            + kind.version()
                            + ", but "
                            + definitions.served(kind))));
  }

  /** Of a kind that nobody knows only what every object has is looked at. */
  private List<InputFinding> other(Resource resource, GroupVersionKind kind, CallContext call) {
    Optional<Definition> published = schemas.published(kind);
    List<InputFinding> findings =
        new ArrayList<>(
            published
                .map(definition -> defined(resource, definition, call))
                .orElseGet(() -> problems(resource, ObjectMeta.everyObject())));
    if (published.isEmpty() && schemas.isPublished() && unknown.add(kind)) {
      findings.add(
          InputFinding.warning(
              Rule.SCHEMA,
              resource,
              "no schema of "
                  + kind.kind()
                  + " in "
                  + kind.apiVersion()
                  + " is known, so its fields are not looked at"));
    }
    return findings;
  }

  /**
   * As on the server an object is given its defaults first, and rules are looked at if it is of the
   * form of its schema.
   */
  private List<InputFinding> defined(Resource resource, Definition definition, CallContext call) {
    if (!(document(resource).root() instanceof Mapping written)) {
      return List.of();
    }
    Mapping object = definition.withDefaults(written);
    int line = resource.origin().line();
    List<Problem> problems = SchemaWalk.problems(object, definition.schema(), line);
    List<InputFinding> findings = new ArrayList<>(findings(resource, problems));
    if (problems.stream().noneMatch(Problem::ofForm)) {
      RuleWalk.Found found = rules.run(object, definition, line, call);
      findings.addAll(findings(resource, found.problems()));
      found
          .notChecked()
          .forEach(left -> findings.add(InputFinding.warning(Rule.SCHEMA, resource, left)));
    }
    return findings;
  }

  private static List<InputFinding> problems(Resource resource, Schema schema) {
    return document(resource).root() instanceof Mapping object
        ? findings(resource, SchemaWalk.problems(object, schema, resource.origin().line()))
        : List.of();
  }

  private static List<InputFinding> findings(Resource resource, List<Problem> problems) {
    return problems.stream()
        .map(
            problem ->
                new InputFinding(
                    Rule.SCHEMA,
                    Severity.ERROR,
                    at(resource, problem.at().line()),
                    problem.at().path(),
                    problem.message()))
        .toList();
  }

  private static Document document(Resource resource) {
    return ((Content.Structured) resource.content()).document();
  }

  private static Origin at(Resource resource, int line) {
    Origin whole = resource.origin();
    return line > 0 ? new Origin(whole.file(), whole.document(), line) : whole;
  }
}
