package io.github.gitops4j.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.control.ApplicationStatus;
import io.github.gitops4j.control.Controller;
import io.github.gitops4j.control.Probe;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.report.JsonFormat;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Says how the applications of a {@link Controller} stand, as one page and as JSON. It reads and
 * changes nothing, and depends on no server: whatever takes HTTP requests hands them to {@link
 * #answer}. Who may ask is for that server to say.
 *
 * <p>Below its place there are
 *
 * <ul>
 *   <li>{@code /}: the page, which loads nothing from elsewhere
 *   <li>{@code /api/applications?offset=0&limit=1000}: how each stands, by name
 *   <li>{@code /api/applications/NAME}: one of them, and its last pass with the plan
 *   <li>{@code /api/applications/NAME/history?limit=20}: what was recorded, newest first; reads the
 *       history
 *   <li>{@code /healthz} and {@code /readyz}: the probes, 200 or 503
 * </ul>
 *
 * <p>What is secret is masked, as in plans.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class StatusPage {
  private static final int MOST = 1_000;
  private static final int MOST_RECORDS = 200;
  private static final String API = "/api/applications";
  private static final String HISTORY = "/history";
  private static final Duration READING = Duration.ofSeconds(10);

  private final Controller controller;
  private final Supplier<Probe> readiness;
  private final PageSource page = PageSource.load();

  private StatusPage(Controller controller, Supplier<Probe> readiness) {
    this.controller = requireNonNull(controller, "controller");
    this.readiness = requireNonNull(readiness, "readiness");
  }

  /** Creates the page of a controller. */
  public static StatusPage of(Controller controller) {
    return new StatusPage(controller, controller::readiness);
  }

  /** Returns the same with another answer to {@code /readyz}. */
  public StatusPage ready(Supplier<Probe> value) {
    return new StatusPage(controller, value);
  }

  /** Answers a request. */
  public StatusResponse answer(StatusRequest request) {
    boolean isHead = request.method().equals("HEAD");
    if (!isHead && !request.method().equals("GET")) {
      return new Answer(405).header("Allow", "GET, HEAD").text("only GET and HEAD\n").build(false);
    }
    Answer answer;
    try {
      answer = answer(request.path(), request.query());
    } catch (IllegalArgumentException e) {
      answer = new Answer(400).text("not understood\n");
    }
    return answer.unless(request.ifNoneMatch()).build(isHead);
  }

  private Answer answer(String path, String query) {
    if (path.isEmpty() || path.equals("/")) {
      return new Answer(200)
          .header("Content-Security-Policy", page.policy())
          .body("text/html; charset=utf-8", page.html());
    } else if (path.equals("/healthz")) {
      return probe(controller.liveness());
    } else if (path.equals("/readyz")) {
      return probe(readiness.get());
    } else if (path.equals(API)) {
      return list(query);
    } else if (path.startsWith(API + "/")) {
      String rest = path.substring(API.length() + 1);
      boolean isHistory = rest.endsWith(HISTORY);
      String name = isHistory ? rest.substring(0, rest.length() - HISTORY.length()) : rest;
      return controller
          .status(decoded(name))
          .map(status -> isHistory ? history(status.name(), query) : one(status))
          .orElseGet(() -> new Answer(404).text("no application is called so\n"));
    }
    return new Answer(404).text("nothing is here\n");
  }

  // A plus is a plus in a path.
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
  }

  private static Answer probe(Probe probe) {
    return new Answer(probe.passes() ? 200 : 503).text(probe + "\n");
  }

  private Answer list(String query) {
    List<ApplicationStatus> all = controller.statuses();
    int offset = Math.min(all.size(), number(query, "offset", 0));
    int limit = Math.max(1, Math.min(MOST, number(query, "limit", MOST)));
    Sequence.Builder list = Sequence.builder();
    all.stream().skip(offset).limit(limit).forEach(status -> list.add(StatusJson.of(status)));
    return new Answer(200)
        .json(
            Mapping.builder()
                .put("total", Numeral.of(all.size()))
                .put("offset", Numeral.of(offset))
                .put("applications", list.build())
                .build());
  }

  private static int number(String query, String name, int otherwise) {
    for (String part : query.split("&", -1)) {
      if (part.startsWith(name + "=")) {
        int value = Integer.parseInt(part.substring(name.length() + 1));
        if (value < 0) {
          throw new IllegalArgumentException(part);
        }
        return value;
      }
    }
    return otherwise;
  }

  private static Answer one(ApplicationStatus status) {
    List<ReportItem> items =
        status.lastReport().stream()
            .<ReportItem>map(report -> new ReportItem.OfPass(status.name(), report))
            .toList();
    String json = new String(Document.of(StatusJson.of(status)).canonicalJson(), UTF_8);
    String report = JsonFormat.create().render(items).strip();
    return new Answer(200)
        .body(
            Answer.JSON,
            ("{\"application\":" + json + ",\"report\":" + report + "}").getBytes(UTF_8));
  }

  private Answer history(String name, String query) {
    int limit = Math.max(1, Math.min(MOST_RECORDS, number(query, "limit", 20)));
    ReportItem item;
    try {
      CallContext call = CallContext.withTimeout(READING);
      item = new ReportItem.OfHistory(name, controller.reconciler(name).history(limit, call));
    } catch (RuntimeException e) {
      item = new ReportItem.OfFailure(name, Failure.from(e));
    }
    return new Answer(200)
        .body(Answer.JSON, JsonFormat.create().render(List.of(item)).getBytes(UTF_8));
  }

  /** An answer in the making. */
  private static final class Answer {
    static final String JSON = "application/json";

    private int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = {};

    Answer(int status) {
      this.status = status;
      header("X-Content-Type-Options", "nosniff");
      header("Referrer-Policy", "no-referrer");
      header("Cross-Origin-Resource-Policy", "same-origin");
      header("Cache-Control", "no-cache");
    }

    Answer header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Answer text(String text) {
      return body("text/plain; charset=utf-8", text.getBytes(UTF_8));
    }

    Answer json(Mapping json) {
      return body(JSON, Document.of(json).canonicalJson());
    }

    Answer body(String type, byte[] content) {
      this.body = content;
      return header("Content-Type", type);
    }

    /** Leaves the body out if the asker has it. */
    Answer unless(Optional<String> tag) {
      if (status == 200) {
        String own = '"' + HexFormat.of().formatHex(PageSource.sha256(body), 0, 16) + '"';
        header("ETag", own);
        if (tag.filter(own::equals).isPresent()) {
          status = 304;
          body = new byte[0];
        }
      }
      return this;
    }

    StatusResponse build(boolean isHead) {
      return new StatusResponse(status, headers, isHead ? new byte[0] : body);
    }
  }
}
