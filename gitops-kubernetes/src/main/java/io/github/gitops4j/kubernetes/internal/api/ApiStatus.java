package io.github.gitops4j.kubernetes.internal.api;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.resource.MappingReader;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why the server refused, as its {@code Status} object says.
 *
 * <p>Immutable.
 *
 * @param code the HTTP status
 * @param reason the machine-readable reason; empty text if there is none
 * @param message the reason in words; may hold values of fields
 * @param causes the single causes
 * @since 0.1.0
 */
public record ApiStatus(int code, String reason, String message, List<Cause> causes) {
  /** The reason of a cause that another field manager owns a field. */
  public static final String MANAGER_CONFLICT = "FieldManagerConflict";

  private static final String EXCEEDED = "exceeded quota";
  private static final String TOO_LARGE_FOR_STORE = "request is too large";
  private static final String NOT_IN_SCHEMA = "field not declared in schema";

  /** Copies the list. */
  public ApiStatus {
    requireNonNull(reason, "reason");
    requireNonNull(message, "message");
    causes = List.copyOf(causes);
  }

  /**
   * One cause.
   *
   * @param reason the machine-readable reason
   * @param field the field, such as {@code spec.selector}; empty text if there is none
   * @param message the reason in words; may hold values of fields
   */
  public record Cause(String reason, String field, String message) {
    /** Checks the parts. */
    public Cause {
      requireNonNull(reason, "reason");
      requireNonNull(field, "field");
      requireNonNull(message, "message");
    }
  }

  static ApiStatus of(ApiAnswer answer) {
    try {
      MappingReader json = MappingReader.of("answer", answer.document().root());
      List<Cause> causes =
          json.optionalObject("details").stream()
              .filter(details -> details.value("causes").isPresent())
              .flatMap(details -> details.objects("causes").stream())
              .map(c -> new Cause(text(c, "reason"), text(c, "field"), text(c, "message")))
              .toList();
      return new ApiStatus(answer.status(), text(json, "reason"), text(json, "message"), causes);
    } catch (InvalidInputException e) {
      // A proxy's error page, or an answer that was cut off: the number has to do.
      return new ApiStatus(answer.status(), "", "", List.of());
    }
  }

  /** Says whether another field manager owns fields that we declare with other values. */
  public boolean isManagerConflict() {
    return code == 409 && causes.stream().anyMatch(c -> MANAGER_CONFLICT.equals(c.reason()));
  }

  /** Says whether the object is not as old as the request said. */
  public boolean isVersionConflict() {
    return code == 409 && "Conflict".equals(reason) && !isManagerConflict();
  }

  /** Says whether the server refused because of a quota. */
  public boolean isQuota() {
    return code == 403 && message.contains(EXCEEDED);
  }

  /** Says whether the server refused because the namespace is on its way out. */
  public boolean isOfEndingNamespace() {
    return code == 403 && causes.stream().anyMatch(c -> "NamespaceTerminating".equals(c.reason()));
  }

  /** Returns who has to act. */
  public FailureCategory category() {
    return switch (code) {
      case 400, 405, 406, 422 -> FailureCategory.INVALID_INPUT;
      case 401 -> FailureCategory.UNAUTHENTICATED;
      case 403 -> ofForbidden();
      case 404 -> FailureCategory.NOT_FOUND;
      case 409 -> isManagerConflict() ? FailureCategory.FIELD_CONFLICT : FailureCategory.CONFLICT;
      case 410 -> FailureCategory.STALE;
      case 413 -> FailureCategory.LIMIT_EXCEEDED;
      case 415 -> FailureCategory.UNSUPPORTED;
      case 500 -> ofServerError();
      default ->
          code >= 500 || code == 429 ? FailureCategory.UNAVAILABLE : FailureCategory.INTERNAL;
    };
  }

  private FailureCategory ofForbidden() {
    if (isOfEndingNamespace()) {
      return FailureCategory.UNAVAILABLE;
    }
    return isQuota() ? FailureCategory.LIMIT_EXCEEDED : FailureCategory.FORBIDDEN;
  }

  private FailureCategory ofServerError() {
    if (message.contains(NOT_IN_SCHEMA)) {
      return FailureCategory.INVALID_INPUT;
    }
    return message.contains(TOO_LARGE_FOR_STORE)
        ? FailureCategory.LIMIT_EXCEEDED
        : FailureCategory.UNAVAILABLE;
  }

  /**
   * Returns the refusal as a failure.
   *
   * @param what what was tried on what, such as {@code Deployment/shop/web: updating}
   */
  public Failure failure(String what) {
    return Failure.of(category(), what + " failed: " + why());
  }

  /** Returns the refusal as a failure whose message holds no value of a field. */
  public Failure failureWithoutValues(String what) {
    String fields =
        causes.stream()
            .map(cause -> cause.field() + " (" + cause.reason() + ")")
            .collect(Collectors.joining(", "));
    String why = isQuota() ? EXCEEDED : reason.isEmpty() ? "HTTP " + code : reason;
    return Failure.of(
        category(), what + " failed: " + why + (fields.isEmpty() ? "" : " at " + fields));
  }

  private String why() {
    if (message.isEmpty()) {
      return "the server answered HTTP " + code;
    }
    return message;
  }

  private static String text(MappingReader json, String name) {
    return json.optionalText(name).orElse("");
  }
}
