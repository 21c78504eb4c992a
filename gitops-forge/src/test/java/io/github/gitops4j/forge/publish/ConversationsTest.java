package io.github.gitops4j.forge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.gitops4j.testkit.forge.FakeForge;
import io.github.gitops4j.testkit.forge.ForgeEntry;
import io.github.gitops4j.testkit.forge.ForgeFault;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one comment and the one issue, at each host that has them. */
class ConversationsTest {
  private static final String MARK = "<!-- gitops:plan -->";

  private final FakeForge forge = FakeForge.start();

  @AfterEach
  void stop() {
    forge.close();
  }

  private ForgeClient client(Forge kind) {
    return Told.client(forge, kind).build();
  }

  @ParameterizedTest
  @EnumSource(names = {"GITHUB", "GITLAB", "GITEA", "FORGEJO"})
  void aCommentIsWrittenChangedInPlaceAndDeleted(Forge kind) {
    ForgeClient client = client(kind);
    forge.comment(7, "somebody", "fine");

    assertThat(client.publish(7, new Comment("plan", ""))).isEqualTo(Written.ABSENT);
    assertThat(client.publish(7, new Comment("plan", "one"))).isEqualTo(Written.CREATED);
    assertThat(client.publish(7, new Comment("plan", "one"))).isEqualTo(Written.UNCHANGED);
    assertThat(client.publish(7, new Comment("other", "x"))).isEqualTo(Written.CREATED);
    assertThat(client.publish(7, new Comment("plan", "two"))).isEqualTo(Written.UPDATED);

    assertThat(forge.comments(7))
        .extracting(ForgeEntry::body)
        .containsExactly("fine", MARK + "\ntwo", "<!-- gitops:other -->\nx");
    assertThat(client.publish(7, new Comment("plan", " \n"))).isEqualTo(Written.REMOVED);
    assertThat(forge.comments(7)).hasSize(2);
  }

  @Test
  void theRequestsAreThoseOfTheHost() {
    client(Forge.GITHUB).publish(7, new Comment("plan", "one"));
    client(Forge.GITHUB).publish(7, new Comment("plan", "two"));
    client(Forge.GITLAB).publish(8, new Comment("plan", "one"));
    client(Forge.GITLAB).publish(8, new Comment("plan", ""));

    String github = "/api/v3/repos/acme/shop/issues/";
    String gitlab = "/api/v4/projects/acme%2Fshop/merge_requests/8/notes";
    String notes = "GET " + gitlab + "?sort=asc&order_by=created_at&per_page=50&page=1";
    assertThat(Told.lines(forge))
        .containsExactly(
            "GET " + github + "7/comments?per_page=50&page=1",
            "POST " + github + "7/comments",
            "GET " + github + "7/comments?per_page=50&page=1",
            "GET /api/v3/user",
            "PATCH " + github + "comments/101",
            notes,
            "POST " + gitlab,
            notes,
            "GET /api/v4/user",
            "DELETE " + gitlab + "/102");
  }

  @ParameterizedTest
  @EnumSource(names = {"GITHUB", "GITLAB", "GITEA"})
  void aCommentIsFoundOnALaterPage(Forge kind) {
    forge.pageSize(3);
    for (int i = 0; i < 10; i++) {
      forge.comment(7, "somebody", "comment " + i);
    }
    client(kind).publish(7, new Comment("plan", "one"));

    assertThat(client(kind).publish(7, new Comment("plan", "two"))).isEqualTo(Written.UPDATED);
    assertThat(forge.comments(7)).hasSize(11);
    assertThat(Told.lines(forge)).noneMatch(line -> line.contains("elsewhere"));
  }

  @Test
  void theMarkOfSomebodyElseIsNotOurs() {
    forge.comment(7, "mallory", MARK + "\nignore this");
    forge.comment(7, "gitops-bot", "> " + MARK);

    assertThat(client(Forge.GITHUB).publish(7, new Comment("plan", "one")))
        .isEqualTo(Written.CREATED);
    assertThat(forge.comments(7)).hasSize(3);
    assertThat(forge.comments(7).get(0).body()).endsWith("ignore this");
  }

  @Test
  void theTokenOfAJobAtGithubMayNotAskWhoItIsAndIsABot() {
    forge.account("github-actions[bot]");
    forge.comment(7, "mallory", MARK + "\nignore this");
    client(Forge.GITHUB).publish(7, new Comment("plan", "one"));

    assertThat(client(Forge.GITHUB).publish(7, new Comment("plan", "two")))
        .isEqualTo(Written.UPDATED);

    assertThat(forge.comments(7))
        .extracting(ForgeEntry::body)
        .containsExactly(MARK + "\nignore this", MARK + "\ntwo");
    forge.comment(8, "github-actions[bot]", MARK);
    forge.failAlways(ForgeFault.status(403, "You have exceeded a secondary rate limit"));
    assertThatThrownBy(() -> client(Forge.GITHUB).publish(8, new Comment("plan", "two")))
        .hasMessageContaining("rate limit");
  }

  @Test
  void theAuthorMayBeSaid() {
    ForgeClient client = Told.client(forge, Forge.GITHUB).author("Somebody").build();
    forge.comment(7, "somebody", MARK + "\nold");

    assertThat(client.publish(7, new Comment("plan", "new"))).isEqualTo(Written.UPDATED);
    assertThat(Told.lines(forge)).noneMatch(line -> line.endsWith("/user"));
  }

  @Test
  void twoThatWereWrittenAtOnceBecomeOne() {
    forge.comment(7, "gitops-bot", MARK + "\none");
    forge.comment(7, "gitops-bot", MARK + "\ntwo");

    assertThat(client(Forge.GITLAB).publish(7, new Comment("plan", "three")))
        .isEqualTo(Written.UPDATED);
    assertThat(forge.comments(7)).extracting(ForgeEntry::body).containsExactly(MARK + "\nthree");
  }

  @Test
  void aCommentIsCutAtALineAndWhatIsOpenThereIsClosed() {
    String text = "<details>\n\n````diff\n" + "+ a line\n".repeat(20_000);
    client(Forge.GITHUB).publish(7, new Comment("plan", text));

    String body = forge.comments(7).get(0).body();
    assertThat(body.length()).isBetween(60_000, 65_536);
    assertThat(body)
        .startsWith(MARK + "\n<details>\n")
        .contains("+ a line\n````\n\n</details>\n\n_Cut here: ")
        .endsWith(" more characters do not fit._\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"GITHUB", "GITLAB", "GITEA", "FORGEJO"})
  void anIssueIsOpenedChangedAndClosedAndThereIsOne(Forge kind) {
    ForgeClient client = client(kind);
    forge.issue("somebody", "help", "<!-- gitops:drift --> x");

    assertThat(client.publish(issue("t", ""))).isEqualTo(Written.ABSENT);
    assertThat(client.publish(issue("t", "one"))).isEqualTo(Written.CREATED);
    assertThat(client.publish(issue("t", "one"))).isEqualTo(Written.UNCHANGED);
    assertThat(client.publish(issue("t", "two"))).isEqualTo(Written.UPDATED);
    assertThat(client.publish(issue("t", ""))).isEqualTo(Written.REMOVED);
    assertThat(client.publish(issue("t", "three"))).isEqualTo(Written.CREATED);

    assertThat(forge.issues())
        .extracting(ForgeEntry::body, ForgeEntry::isOpen)
        .containsExactly(
            tuple("<!-- gitops:drift --> x", true),
            tuple("<!-- gitops:drift -->\ntwo", false),
            tuple("<!-- gitops:drift -->\nthree", true));
  }

  private static TrackedIssue issue(String title, String body) {
    return new TrackedIssue("drift", title, body, Optional.empty());
  }

  @Test
  void anIssueMayHaveALabel() {
    TrackedIssue issue = new TrackedIssue("drift", "t", "x", Optional.of("needs work"));
    client(Forge.GITHUB).publish(issue);
    client(Forge.GITLAB).publish(issue);

    assertThat(forge.requests().get(0).path())
        .endsWith("/issues?state=open&labels=needs%20work&per_page=50&page=1");
    assertThat(forge.requests().get(1).json())
        .isEqualTo(
            "{\"body\":\"<!-- gitops:drift -->\\nx\",\"labels\":[\"needs work\"],\"title\":\"t\"}");
    assertThat(forge.requests().get(2).path())
        .endsWith("/issues?state=opened&labels=needs%20work&per_page=50&page=1");
    assertThatThrownBy(() -> client(Forge.GITEA).publish(issue)).hasMessageContaining("labels");
  }
}
