package io.github.gitops4j.forge.publish;

import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes the one comment and the one issue of a name, and finds them again. Thread-safe. */
final class Conversations {
  private static final int PAGE = 50;
  private static final int MOST_PAGES = 200;

  private final Forge forge;
  private final Dialect dialect;
  private final ForgeHttp http;
  private final String path;
  private final Optional<String> author;

  private Conversations(Forge forge, ForgeHttp http, String path, Optional<String> author) {
    this.forge = forge;
    this.dialect = Dialect.of(forge);
    this.http = http;
    this.path = path;
    this.author = author;
  }

  static Optional<Conversations> of(
      Forge forge, ForgeHttp http, String path, Optional<String> author) {
    return switch (forge) {
      case BITBUCKET_CLOUD, BITBUCKET_DC -> Optional.empty();
      default -> Optional.of(new Conversations(forge, http, path, author));
    };
  }

  Written publish(long number, Comment comment) {
    Marker marker = Marker.of(comment.name());
    String comments = path + String.format(Locale.ROOT, dialect.comments(), number);
    List<Mapping> ours = find(comments, "body", marker);
    for (Mapping surplus : ours.stream().skip(1).toList()) {
      delete(comment(number, surplus));
    }
    if (comment.body().isBlank()) {
      ours.stream().limit(1).forEach(found -> delete(comment(number, found)));
      return ours.isEmpty() ? Written.ABSENT : Written.REMOVED;
    }
    String text = marker.on(comment.body(), forge.commentLimit());
    if (ours.isEmpty()) {
      http.post(comments.replaceFirst("\\?.*", ""), Fields.of("body", text));
      return Written.CREATED;
    } else if (isSame(Fields.text(ours.get(0), "body"), text)) {
      return Written.UNCHANGED;
    }
    update(comment(number, ours.get(0)), Fields.of("body", text));
    return Written.UPDATED;
  }

  Written publish(TrackedIssue issue) {
    if (issue.label().isPresent() && !dialect.isGithub() && !dialect.isGitlab()) {
      throw new PublishException(
          FailureCategory.UNSUPPORTED, forge.id() + ": labels of issues have no names there");
    }
    Marker marker = Marker.of(issue.name());
    String label =
        issue.label().map(name -> "labels=" + RepositoryPath.encoded(name) + "&").orElse("");
    List<Mapping> ours = find(path + dialect.openIssues() + label, dialect.issueText(), marker);
    if (issue.body().isBlank()) {
      ours.forEach(this::close);
      return ours.isEmpty() ? Written.ABSENT : Written.REMOVED;
    }
    ours.stream().skip(1).forEach(this::close);
    String text = marker.on(issue.body(), forge.commentLimit());
    String title = PlainText.cut(issue.title(), 250);
    if (ours.isEmpty()) {
      http.post(path + "/issues", opened(title, text, issue.label()));
      return Written.CREATED;
    }
    Mapping found = ours.get(0);
    if (isSame(Fields.text(found, dialect.issueText()), text)
        && Fields.text(found, "title").equals(title)) {
      return Written.UNCHANGED;
    }
    update(issue(found), Fields.of("title", title, dialect.issueText(), text));
    return Written.UPDATED;
  }

  private Mapping opened(String title, String text, Optional<String> label) {
    Mapping.Builder body = Fields.of("title", title, dialect.issueText(), text).toBuilder();
    label.ifPresent(
        name ->
            body.put("labels", dialect.isGitlab() ? Text.of(name) : Sequence.of(Text.of(name))));
    return body.build();
  }

  private void close(Mapping found) {
    update(
        issue(found),
        dialect.isGitlab() ? Fields.of("state_event", "close") : Fields.of("state", "closed"));
  }

  private String issue(Mapping found) {
    return path + "/issues/" + id(found, dialect.isGitlab() ? "iid" : "number");
  }

  private String comment(long number, Mapping found) {
    return path + String.format(Locale.ROOT, dialect.comment(), number, id(found, "id"));
  }

  private static String id(Mapping found, String key) {
    String id = Fields.id(found, key);
    if (id.isEmpty()) {
      throw new PublishException(
          FailureCategory.UNAVAILABLE, "what the host lists has no " + key + ": no such API");
    }
    return id;
  }

  private void update(String place, Mapping body) {
    http.success(http.send(dialect.update(), place, body));
  }

  private void delete(String place) {
    Answer answer = http.send("DELETE", place, null);
    if (answer.status() != 404) {
      http.success(answer);
    }
  }

  /** Returns what is ours of a list, oldest first; pages are counted, never followed by a URL. */
  private List<Mapping> find(String list, String text, Marker marker) {
    List<Mapping> marked = new ArrayList<>();
    for (int page = 1; page <= MOST_PAGES; page++) {
      Answer answer = http.get(list + dialect.pageSize() + "=" + PAGE + "&page=" + page);
      answer.objects().stream()
          .filter(item -> !item.keys().contains("pull_request") || isIssue(item))
          .filter(item -> !item.get("system").equals(Optional.of(Bool.of(true))))
          .filter(item -> marker.isOn(Fields.text(item, text)))
          .forEach(marked::add);
      if (!answer.hasNext()) {
        return marked.isEmpty() ? marked : marked.stream().filter(isOurs()).toList();
      }
    }
    throw new PublishException(
        FailureCategory.LIMIT_EXCEEDED,
        list.replaceFirst("\\?.*", "") + ": there are more than " + MOST_PAGES + " pages");
  }

  /** GitHub lists pull requests as issues, and says of them that they are. */
  private static boolean isIssue(Mapping item) {
    return !(item.get("pull_request").orElse(null) instanceof Mapping);
  }

  /** Knows what is by our account; anybody can write a mark. */
  private Predicate<Mapping> isOurs() {
    Optional<String> known = author.or(this::whoWeAre);
    if (known.isPresent()) {
      return item ->
          Fields.text(item, dialect.author(), dialect.account()).equalsIgnoreCase(known.get());
    }
    return item -> Fields.text(item, dialect.author(), "type").equals("Bot");
  }

  /** Nothing for the token of a job at GitHub, which is that of a bot and may not ask. */
  private Optional<String> whoWeAre() {
    Answer answer = http.send("GET", "/user", null);
    if (answer.status() == 403 && dialect.isGithub() && isOfABot(answer)) {
      return Optional.empty();
    }
    String name = Fields.text(http.success(answer).object(), dialect.account());
    if (name.isEmpty()) {
      throw new PublishException(
          FailureCategory.UNAVAILABLE, "the host does not say whose token it is: no such API");
    }
    return Optional.of(name);
  }

  private boolean isOfABot(Answer answer) {
    return http.refusal(answer).category() == FailureCategory.FORBIDDEN;
  }

  private static boolean isSame(String found, String text) {
    return found.replace("\r\n", "\n").strip().equals(text.replace("\r\n", "\n").strip());
  }
}
