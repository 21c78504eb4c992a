package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** A request, taken apart. */
final class GitRequest {
  private static final Pattern PATH =
      Pattern.compile("/(.+?)(?:\\.git)?/(info/refs|git-upload-pack|git-receive-pack)");
  private static final int COMMAND_LENGTH = 64;

  private final HttpExchange exchange;
  private final Optional<Matcher> path;
  private final Optional<GitService> service;
  private final BufferedInputStream body;
  private final RequestKind kind;

  private GitRequest(HttpExchange exchange) throws IOException {
    this.exchange = exchange;
    this.path =
        Optional.of(PATH.matcher(exchange.getRequestURI().getPath())).filter(Matcher::matches);
    this.service = path.flatMap(match -> GitService.find(serviceName(match)));
    this.body = new BufferedInputStream(decoded());
    this.kind = kindOf();
  }

  static GitRequest read(HttpExchange exchange) throws IOException {
    return new GitRequest(exchange);
  }

  RequestKind kind() {
    return kind;
  }

  Optional<GitService> service() {
    return service;
  }

  Optional<String> repositoryName() {
    return path.map(match -> match.group(1));
  }

  Optional<String> authorization() {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  /** Give what the client asks of the protocol, such as {@code version=2}. */
  List<String> protocol() {
    String header = exchange.getRequestHeaders().getFirst("Git-Protocol");
    return header == null ? List.of() : List.of(header.split(":"));
  }

  /** Give the body, no longer compressed. */
  InputStream body() {
    return body;
  }

  String contentType() {
    String name = service.map(GitService::command).orElse("git");
    String suffix = kind == RequestKind.INFO_REFS ? "advertisement" : "result";
    return "application/x-" + name + '-' + suffix;
  }

  RecordedRequest recorded() {
    Set<String> names =
        exchange.getRequestHeaders().keySet().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return new RecordedRequest(
        kind, exchange.getRequestMethod(), exchange.getRequestURI().toString(), names);
  }

  private String serviceName(Matcher match) {
    if (!match.group(2).equals("info/refs")) {
      return match.group(2);
    }
    String query = exchange.getRequestURI().getQuery();
    return query == null ? "" : query.replaceFirst("^service=", "");
  }

  private InputStream decoded() throws IOException {
    InputStream raw = exchange.getRequestBody();
    String coding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    return coding != null && coding.endsWith("gzip") ? new GZIPInputStream(raw) : raw;
  }

  private RequestKind kindOf() throws IOException {
    if (service.isEmpty()) {
      return RequestKind.OTHER;
    }
    if (path.orElseThrow().group(2).equals("info/refs")) {
      return RequestKind.INFO_REFS;
    }
    if (service.get() == GitService.RECEIVE_PACK) {
      return RequestKind.RECEIVE_PACK;
    }
    body.mark(COMMAND_LENGTH);
    String start = new String(body.readNBytes(COMMAND_LENGTH), US_ASCII);
    body.reset();
    return start.contains("command=ls-refs") ? RequestKind.LS_REFS : RequestKind.FETCH;
  }
}
