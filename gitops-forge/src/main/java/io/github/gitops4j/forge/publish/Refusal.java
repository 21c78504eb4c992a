package io.github.gitops4j.forge.publish;

import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.report.JsonText;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Says what an answer means that is no success. */
final class Refusal {
  private static final Duration LONGEST_WAIT = Duration.ofHours(1);
  private static final int LONGEST_ANSWER = 64 << 10;
  private static final int LONGEST_REASON = 200;

  private final Answer answer;
  private final Instant now;
  private final String reason;

  private Refusal(Answer answer, Instant now) {
    this.answer = answer;
    this.now = now;
    this.reason = reason(answer);
  }

  /**
   * Returns what to throw.
   *
   * @param token is not said, should the host repeat it
   */
  static PublishException of(Answer answer, Instant now, String token) {
    Refusal refusal = new Refusal(answer, now);
    FailureCategory category = refusal.category();
    String why = refusal.reason;
    if (!token.isEmpty()) {
      why = why.replace(token, "***");
    }
    String said = PlainText.cut(why, LONGEST_REASON);
    String message =
        answer.what()
            + " failed: the answer is "
            + answer.status()
            + (said.isEmpty() ? "" : ": " + said);
    return new PublishException(
        Failure.of(category, message),
        category == FailureCategory.UNAVAILABLE ? refusal.retryAfter() : Optional.empty(),
        category == FailureCategory.UNAVAILABLE
            && (answer.status() == 403 || answer.status() == 429));
  }

  private FailureCategory category() {
    return switch (answer.status()) {
      case 401 -> FailureCategory.UNAUTHENTICATED;
      case 403 -> isRateLimit() ? FailureCategory.UNAVAILABLE : FailureCategory.FORBIDDEN;
      case 404, 410 -> FailureCategory.NOT_FOUND;
      case 408, 425, 429 -> FailureCategory.UNAVAILABLE;
      case 409 -> FailureCategory.CONFLICT;
      case 422 -> isFull() ? FailureCategory.LIMIT_EXCEEDED : FailureCategory.INVALID_INPUT;
      default -> other();
    };
  }

  private FailureCategory other() {
    if (answer.status() / 100 == 3) {
      return FailureCategory.FORBIDDEN;
    }
    return answer.status() / 100 == 4 ? FailureCategory.INVALID_INPUT : FailureCategory.UNAVAILABLE;
  }

  private boolean isRateLimit() {
    String words = reason.toLowerCase(Locale.ROOT);
    return !answer.header("retry-after").isEmpty()
        || answer.header("x-ratelimit-remaining").equals("0")
        || words.contains("rate limit")
        || words.contains("abuse detection");
  }

  private boolean isFull() {
    return reason.toLowerCase(Locale.ROOT).contains("maximum number of statuses");
  }

  private Optional<Duration> retryAfter() {
    OptionalLong seconds = number("retry-after");
    if (seconds.isEmpty() && isExhausted()) {
      OptionalLong reset = number("x-ratelimit-reset");
      reset = reset.isPresent() ? reset : number("ratelimit-reset");
      seconds =
          reset.isPresent()
              ? OptionalLong.of(Math.max(1, reset.getAsLong() - now.getEpochSecond()))
              : seconds;
    }
    return seconds.isPresent()
        ? Optional.of(Duration.ofSeconds(Math.min(seconds.getAsLong(), LONGEST_WAIT.toSeconds())))
        : Optional.empty();
  }

  /** A host names the end of its hour in every answer; it counts only when that is used up. */
  private boolean isExhausted() {
    return answer.header("x-ratelimit-remaining").equals("0")
        || answer.header("ratelimit-remaining").equals("0");
  }

  private OptionalLong number(String header) {
    String text = answer.header(header).strip();
    return text.matches("[0-9]{1,12}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }

  /** Returns what the host says itself: a page of HTML is no reason. */
  private static String reason(Answer answer) {
    if (answer.status() / 100 == 3) {
      return "it leads elsewhere, and nothing is sent there";
    } else if (answer.body().length > LONGEST_ANSWER) {
      return "";
    }
    try {
      return JsonReader.create().read("answer", answer.body()).root() instanceof Mapping mapping
          ? reason(mapping)
          : "";
    } catch (InvalidInputException e) {
      return "";
    }
  }

  private static String reason(Mapping mapping) {
    StringBuilder said = new StringBuilder();
    for (String key : new String[] {"message", "error", "errors"}) {
      mapping
          .get(key)
          .ifPresent(
              value -> {
                String text =
                    value instanceof Text plain ? plain.value() : JsonText.of(value).strip();
                said.append(said.isEmpty() ? "" : " ").append(text);
              });
    }
    return said.toString();
  }
}
