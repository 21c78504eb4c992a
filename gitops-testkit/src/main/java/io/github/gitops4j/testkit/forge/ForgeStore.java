package io.github.gitops4j.testkit.forge;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a fake host keeps, and how each API reads and writes it. Confined by its user. */
final class ForgeStore {
  /** So many statuses GitHub takes of one commit and context. */
  static final int MOST_STATUSES = 1_000;

  private static final Pattern REPOSITORY =
      Pattern.compile(
          "/(?:api/v3/repos|api/v1/repos|2\\.0/repositories)/[^/]+/[^/]+|"
              + "/api/v4/projects/[^/]+|/rest/api/latest/projects/[^/]+/repos/[^/]+");
  private static final Pattern STATUS =
      Pattern.compile(
          "/statuses/([0-9a-f]+)|/commit/([0-9a-f]+)/statuses/build|/commits/([0-9a-f]+)/builds");
  private static final Pattern TALK =
      Pattern.compile("/(?:issues|merge_requests)/(\\d+)/(?:comments|notes)");
  private static final Pattern COMMENT =
      Pattern.compile("/issues/comments/(\\d+)|/merge_requests/\\d+/notes/(\\d+)");
  private static final Pattern ISSUE = Pattern.compile("/issues/(\\d+)");
  private static final Pattern DEPLOYMENT = Pattern.compile("/deployments/(\\d+)(/statuses)?");

  final Map<String, List<Mapping>> statuses = new TreeMap<>();
  final Map<Long, Map<Long, ForgeEntry>> comments = new TreeMap<>();
  final Map<Long, ForgeEntry> issues = new TreeMap<>();
  final Map<Long, Mapping> deployments = new TreeMap<>();
  final Map<Long, List<Mapping>> deploymentStatuses = new TreeMap<>();
  private final Map<String, Integer> counted = new HashMap<>();
  String account = "gitops-bot";
  int pageSize = 50;
  private long last = 100;

  long nextId() {
    return ++last;
  }

  ForgeReply answer(ForgeRequest request) {
    String path = request.path().replaceFirst("\\?.*", "");
    boolean isGitlab = path.startsWith("/api/v4/");
    if (path.equals("/api/v3/user") && account.endsWith("[bot]")) {
      return ForgeReply.refused(403, "Resource not accessible by integration");
    } else if (path.matches("/api/v[134]/user")) {
      return ForgeReply.of(200, text(isGitlab ? "username" : "login", account));
    }
    Matcher repository = REPOSITORY.matcher(path);
    if (!repository.lookingAt()) {
      return ForgeReply.refused(404, "Not Found");
    }
    String rest = path.substring(repository.end());
    Matcher status = STATUS.matcher(rest);
    if (status.matches() && request.method().equals("POST")) {
      String sha = group(status);
      return path.startsWith("/api/v3/") || isGitlab
          ? limited(sha, request.body(), isGitlab)
          : status(sha, request.body());
    }
    return rest.startsWith("/deployments")
        ? deployments(rest, request, isGitlab)
        : talk(rest, request, isGitlab);
  }

  private static String group(Matcher matcher) {
    for (int i = 1; i <= matcher.groupCount(); i++) {
      if (matcher.group(i) != null) {
        return matcher.group(i);
      }
    }
    throw new AssertionError(matcher);
  }

  private static Mapping text(String key, String value) {
    return Mapping.builder().put(key, Text.of(value)).build();
  }

  private ForgeReply limited(String sha, Mapping body, boolean isGitlab) {
    String context = body.text("context").or(() -> body.text("name")).orElse("");
    List<Mapping> before = statuses.getOrDefault(sha, List.of());
    if (isGitlab) {
      boolean isSame =
          before.stream()
              .filter(known -> known.text("name").equals(body.text("name")))
              .reduce((first, second) -> second)
              .filter(known -> known.text("state").equals(body.text("state")))
              .isPresent();
      return isSame
          ? ForgeReply.refused(400, "Cannot transition status via :run from :running")
          : status(sha, body);
    }
    int count = counted.merge(sha + " " + context.toLowerCase(Locale.ROOT), 1, Integer::sum);
    return count > MOST_STATUSES
        ? ForgeReply.refused(
            422,
            "Validation Failed: This SHA and context has reached the maximum number of statuses.")
        : status(sha, body);
  }

  private ForgeReply status(String sha, Mapping body) {
    statuses.computeIfAbsent(sha, any -> new ArrayList<>()).add(body);
    return ForgeReply.of(201, body);
  }

  private ForgeReply deployments(String rest, ForgeRequest request, boolean isGitlab) {
    Matcher one = DEPLOYMENT.matcher(rest);
    if (one.matches()) {
      long id = Long.parseLong(one.group(1));
      if (!deployments.containsKey(id)) {
        return ForgeReply.refused(404, "Not Found");
      } else if (request.method().equals("GET")) {
        List<Mapping> newestFirst = new ArrayList<>();
        deploymentStatuses
            .getOrDefault(id, List.of())
            .forEach(status -> newestFirst.add(0, status));
        return ForgeReply.page(newestFirst, 1, 50);
      }
      deploymentStatuses.computeIfAbsent(id, any -> new ArrayList<>()).add(request.body());
      if (isGitlab) {
        deployments.computeIfPresent(
            id,
            (any, known) ->
                known.toBuilder()
                    .set("status", Text.of(request.body().text("status").orElse("")))
                    .build());
      }
      return ForgeReply.of(isGitlab ? 200 : 201, deployments.get(id));
    } else if (request.method().equals("POST")) {
      long id = nextId();
      Mapping made = request.body().toBuilder().set("id", Numeral.of(id)).build();
      deployments.put(id, made);
      return ForgeReply.of(201, made);
    }
    String environment = ForgeQuery.value(request.path(), "environment");
    String sha = ForgeQuery.value(request.path(), "sha");
    List<Mapping> found = new ArrayList<>();
    deployments.values().stream()
        .filter(known -> known.text("environment").orElse("").equals(environment))
        .filter(known -> sha.isEmpty() || known.text("ref").orElse("").equals(sha))
        .forEach(known -> found.add(0, isGitlab ? known : withCommit(known)));
    return ForgeReply.page(found, 1, 50);
  }

  /** GitHub says which commit the ref was that a deployment was made with. */
  private static Mapping withCommit(Mapping deployment) {
    return deployment.toBuilder().set("sha", Text.of(deployment.text("ref").orElse(""))).build();
  }

  private ForgeReply talk(String rest, ForgeRequest request, boolean isGitlab) {
    Matcher talk = TALK.matcher(rest);
    Matcher comment = COMMENT.matcher(rest);
    Matcher issue = ISSUE.matcher(rest);
    if (talk.matches()) {
      Map<Long, ForgeEntry> all =
          comments.computeIfAbsent(Long.parseLong(talk.group(1)), any -> new TreeMap<>());
      return listOrAdd(all, request, isGitlab, "id");
    } else if (comment.matches()) {
      long id = Long.parseLong(group(comment));
      return comments.values().stream()
          .filter(all -> all.containsKey(id))
          .findFirst()
          .map(all -> change(all, id, request, isGitlab, "id"))
          .orElseGet(() -> ForgeReply.refused(404, "Not Found"));
    } else if (rest.equals("/issues")) {
      return listOrAdd(issues, request, isGitlab, isGitlab ? "iid" : "number");
    } else if (issue.matches()) {
      long id = Long.parseLong(issue.group(1));
      return change(issues, id, request, isGitlab, isGitlab ? "iid" : "number");
    }
    return ForgeReply.refused(404, "Not Found");
  }

  private ForgeReply listOrAdd(
      Map<Long, ForgeEntry> all, ForgeRequest request, boolean isGitlab, String idName) {
    if (request.method().equals("POST")) {
      ForgeEntry made = new ForgeEntry(nextId(), account, "", "", true).with(request.body());
      all.put(made.id(), made);
      return ForgeReply.of(201, json(made, isGitlab, idName));
    }
    String page = ForgeQuery.value(request.path(), "page");
    List<Mapping> items =
        all.values().stream()
            .filter(ForgeEntry::isOpen)
            .map(entry -> json(entry, isGitlab, idName))
            .toList();
    return ForgeReply.page(items, page.isEmpty() ? 1 : Integer.parseInt(page), pageSize);
  }

  private ForgeReply change(
      Map<Long, ForgeEntry> all, long id, ForgeRequest request, boolean isGitlab, String idName) {
    ForgeEntry entry = all.get(id);
    if (entry == null) {
      return ForgeReply.refused(404, "Not Found");
    } else if (request.method().equals("DELETE")) {
      all.remove(id);
      return ForgeReply.of(204, Mapping.empty());
    }
    ForgeEntry changed = entry.with(request.body());
    all.put(id, changed);
    return ForgeReply.of(200, json(changed, isGitlab, idName));
  }

  private static Mapping json(ForgeEntry entry, boolean isGitlab, String idName) {
    Mapping.Builder author =
        Mapping.builder().put(isGitlab ? "username" : "login", Text.of(entry.author()));
    author.put("type", Text.of(entry.author().endsWith("[bot]") ? "Bot" : "User"));
    return Mapping.builder()
        .put(idName, Numeral.of(entry.id()))
        .put("title", Text.of(entry.title()))
        .put(isGitlab && !idName.equals("id") ? "description" : "body", Text.of(entry.body()))
        .put(isGitlab ? "author" : "user", author.build())
        .build();
  }
}
