package io.github.gitops4j.kubernetes.internal.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiStatusTest {
  private static ApiStatus refusal(int code, String json) {
    return new ApiAnswer(code, json.getBytes(StandardCharsets.UTF_8)).refusal();
  }

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_INPUT",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "409, CONFLICT",
    "410, STALE",
    "413, LIMIT_EXCEEDED",
    "415, UNSUPPORTED",
    "422, INVALID_INPUT",
    "429, UNAVAILABLE",
    "500, UNAVAILABLE",
    "503, UNAVAILABLE",
    "504, UNAVAILABLE"
  })
  void saysWhoHasToAct(int code, FailureCategory category) {
    assertThat(refusal(code, "{}").category()).isEqualTo(category);
  }

  @Test
  void aSchemaErrorIsOneOfTheInputAlthoughTheServerCallsItItsOwn() {
    String json = "{\"message\": \"failed: .spec.x: field not declared in schema\"}";

    assertThat(refusal(500, json).category()).isEqualTo(FailureCategory.INVALID_INPUT);
  }

  @Test
  void anObjectTooLargeForTheStoreIsOverALimit() {
    assertThat(refusal(500, "{\"message\": \"etcdserver: request is too large\"}").category())
        .isEqualTo(FailureCategory.LIMIT_EXCEEDED);
  }

  @Test
  void anExceededQuotaIsOverALimit() {
    assertThat(refusal(403, "{\"message\": \"exceeded quota: q, requested: 1\"}").category())
        .isEqualTo(FailureCategory.LIMIT_EXCEEDED);
  }

  @Test
  void tellsAManagerConflictFromAVersionConflict() {
    String managers =
        """
        {"reason": "Conflict", "details": {"causes": [
          {"reason": "FieldManagerConflict", "field": ".spec.replicas", "message": "with other"}]}}
        """;

    assertThat(refusal(409, managers).category()).isEqualTo(FailureCategory.FIELD_CONFLICT);
    assertThat(refusal(409, managers).isVersionConflict()).isFalse();
    assertThat(refusal(409, "{\"reason\": \"Conflict\"}").isVersionConflict()).isTrue();
    assertThat(refusal(409, "{\"reason\": \"AlreadyExists\"}").isVersionConflict()).isFalse();
  }

  @Test
  void leavesValuesOutWhereTheyMayBeSecret() {
    String json =
        """
        {"reason": "Invalid", "message": "data[k]: Invalid value: hunter2", "details": {"causes": [
          {"reason": "FieldValueInvalid", "field": "data[k]", "message": "bad value hunter2"}]}}
        """;

    Failure failure = refusal(422, json).failureWithoutValues("Secret/a/b: updating");

    assertThat(failure.message())
        .isEqualTo("Secret/a/b: updating failed: Invalid at data[k] (FieldValueInvalid)");
  }

  @Test
  void aPageThatIsNoStatusLeavesTheNumber() {
    assertThat(refusal(502, "<html>").failure("x: reading").message())
        .isEqualTo("x: reading failed: the server answered HTTP 502");
  }
}
