package io.github.gitops4j.plan;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.PlanException;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.BrokenInput;
import io.github.gitops4j.source.InputWarning;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.source.Revision;
import java.util.List;

/**
 * A plan as JSON, to be stored, reviewed and applied later. Equal plans give equal bytes. It holds
 * no declared content beside the field changes, and sensitive values only as digests under a secret
 * key.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class PlanJson {
  /** The format that this version writes and reads. */
  public static final String FORMAT = "gitops4j.plan/1";

  private PlanJson() {}

  /** Writes a plan. */
  public static byte[] write(Plan plan) {
    return Document.of(document(plan)).canonicalJson();
  }

  /** Returns the plan as a JSON object, for reports that hold more than a plan. */
  public static Mapping document(Plan plan) {
    Sequence.Builder actions = Sequence.builder();
    plan.actions().forEach(action -> actions.add(ActionJson.write(action)));
    PlanHeader header = plan.header();
    return Mapping.builder()
        .put("format", Text.of(FORMAT))
        .put("digest", Text.of(plan.digest().hex()))
        .put("target", Text.of(header.target()))
        .put("source", Text.of(header.source()))
        .put(
            "revision",
            Mapping.builder()
                .put("ref", Text.of(header.revision().ref()))
                .put("id", Text.of(header.revision().id()))
                .build())
        .put("contentId", Text.of(header.contentId()))
        .put("policy", Text.of(header.policy()))
        .put("inSync", Numeral.of(plan.inSync()))
        .put("actions", actions.build())
        .put("broken", broken(plan.broken()))
        .put("warnings", warnings(plan.warnings()))
        .build();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param file its name for messages
   * @throws InvalidInputException if it is not a plan of this format
   * @throws PlanException if the digest in it is not that of its content
   */
  public static Plan read(String file, byte[] json) {
    MappingReader top = MappingReader.of(file, JsonReader.create().read(file, json).root());
    try {
      return read(file, top);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(file, 0, 0, "not a plan: " + e.getMessage());
    }
  }

  private static Plan read(String file, MappingReader top) {
    if (!top.text("format").equals(FORMAT)) {
      throw top.wrong("format", FORMAT + ", not " + top.text("format"));
    }
    MappingReader revision = top.object("revision");
    PlanHeader header =
        new PlanHeader(
            top.text("target"),
            top.text("source"),
            new Revision(revision.text("ref"), revision.text("id")),
            top.text("contentId"),
            top.text("policy"));
    List<PlannedAction> actions = top.objects("actions").stream().map(ActionJson::read).toList();
    List<BrokenInput> broken = top.objects("broken").stream().map(PlanJson::readBroken).toList();
    Plan plan = Plan.of(header, actions, broken, top.smallNumber("inSync"));
    if (!plan.digest().equals(top.digest("digest"))) {
      throw new PlanException(
          FailureCategory.INVALID_INPUT, file + ": the plan was changed after it was written");
    }
    return plan.with(top.objects("warnings").stream().map(PlanJson::readWarning).toList());
  }

  /** Returns inputs that are not understood, with their places, as a JSON array. */
  public static Sequence broken(List<BrokenInput> inputs) {
    Sequence.Builder list = Sequence.builder();
    for (BrokenInput input : inputs) {
      list.add(
          Mapping.builder()
              .put("origin", ActionJson.origin(input.origin()))
              .put("category", Text.of(input.failure().category().name()))
              .put("message", Text.of(input.failure().message()))
              .build());
    }
    return list.build();
  }

  /** Returns warnings about inputs, with their places, as a JSON array. */
  public static Sequence warnings(List<InputWarning> warnings) {
    Sequence.Builder list = Sequence.builder();
    for (InputWarning warning : warnings) {
      list.add(
          Mapping.builder()
              .put("origin", ActionJson.origin(warning.origin()))
              .put("message", Text.of(warning.message()))
              .build());
    }
    return list.build();
  }

  private static InputWarning readWarning(MappingReader json) {
    return new InputWarning(ActionJson.readOrigin(json.object("origin")), json.text("message"));
  }

  private static BrokenInput readBroken(MappingReader json) {
    return new BrokenInput(
        ActionJson.readOrigin(json.object("origin")),
        Failure.of(json.constant("category", FailureCategory.class), json.text("message")));
  }
}
