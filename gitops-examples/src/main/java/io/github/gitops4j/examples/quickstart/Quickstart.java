package io.github.gitops4j.examples.quickstart;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.filesystem.Quarantine;
import io.github.gitops4j.git.GitCache;
import io.github.gitops4j.git.GitUrl;
import io.github.gitops4j.git.JGitIsolation;
import io.github.gitops4j.plan.Plan;
import io.github.gitops4j.reconcile.ReconcileReport;
import io.github.gitops4j.reconcile.Reconciler;
import io.github.gitops4j.report.Ink;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Runs the main job once, with every step shown: a real Git repository drives a directory.
 *
 * <p>It ends with an error if any step does not do what it says.
 *
 * @since 0.1.0
 */
public final class Quickstart {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Story story;
  private final Path live;
  private final TestRepository repository;
  private final FilesystemTarget target;
  private final Reconciler reconciler;

  private Quickstart(
      Story story,
      Path live,
      TestRepository repository,
      FilesystemTarget target,
      Reconciler reconciler) {
    this.story = story;
    this.live = live;
    this.repository = repository;
    this.target = target;
    this.reconciler = reconciler;
  }

  /**
   * Runs in a temporary directory that is removed afterwards, and prints to standard output.
   *
   * @param arguments {@code --color} for a terminal
   */
  public static void main(String[] arguments) throws IOException {
    Ink ink = List.of(arguments).contains("--color") ? Ink.COLORED : Ink.PLAIN;
    Path scratch = Files.createTempDirectory("gitops4j-quickstart-");
    // A hook, so that nothing is left after an interrupt from the keyboard either.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Scratch.removeOrTell(scratch)));
    try {
      run(scratch, new Story(System.out, ink));
    } catch (IOException | RuntimeException e) {
      System.err.println("quickstart: " + e.getMessage());
      System.exit(1);
    }
  }

  /** Runs all steps below an empty directory. */
  static void run(Path scratch, Story story) throws IOException {
    Path live = Files.createDirectory(scratch.resolve("live"));
    try (TestRepository repository = TestRepository.create(scratch.resolve("shop.git"));
        GitCache cache =
            GitCache.builder(scratch.resolve("cache"), JGitIsolation.install())
                .allowFile()
                .build();
        FilesystemTarget target = FilesystemTarget.at(live)) {
      var source = cache.source(GitUrl.parse(repository.uri().toString())).path("prod").build();
      Reconciler reconciler = Reconciler.builder(source, target).build();
      new Quickstart(story, live, repository, target, reconciler).allSteps();
    }
  }

  private void allSteps() throws IOException {
    String first = commitFirst();
    planThenApply();
    commitArrives();
    driftIsCorrected();
    deletionIsPruned();
    rollBack(first);
    history();
  }

  private String commitFirst() {
    story.step(
        "A Git repository declares three files",
        "A real bare repository, made here; a GitOps engine needs nothing more than its URL.");
    String id =
        repository
            .commit()
            .message("Start the shop")
            .put("prod/shop.yaml", "replicas: 2\nimage: shop:1.0\n")
            .put("prod/feature-flags.json", "{\"checkout\": true}\n")
            .put("prod/jobs/nightly.yaml", "schedule: 0 3 * * *\n")
            .create();
    story.show("commit " + id.substring(0, 12) + " Start the shop");
    return id;
  }

  private void planThenApply() throws IOException {
    story.step("The plan, before anything is written", "Every write comes from a plan like this.");
    Plan plan = reconciler.plan(call());
    story.show(story.renderer().plan(plan));
    story.check(plan.actions().size() == 3, "three actions");
    story.check(names().isEmpty(), "an untouched directory");

    story.step("Reconcile", "The directory becomes what Git declares, all files at once.");
    pass();
    story.check(read("shop.yaml").equals("replicas: 2\nimage: shop:1.0\n"), "the declared content");
    story.step("Reconcile again", "Nothing changed, so nothing is written.");
    story.check(!pass().changedAnything(), "nothing to do");
  }

  private void commitArrives() throws IOException {
    story.step("A commit arrives", "One file changed in Git: one file is written.");
    repository
        .commit()
        .message("Three replicas")
        .put("prod/shop.yaml", "replicas: 3\nimage: shop:1.0\n")
        .create();
    ReconcileReport report = pass();
    story.check(report.outcomes().size() == 1, "one outcome");
    story.check(read("shop.yaml").startsWith("replicas: 3"), "the new content");
  }

  private void driftIsCorrected() throws IOException {
    story.step(
        "Somebody edits a live file by hand",
        "That is drift: it is put right, and the edit is kept in quarantine.");
    Files.writeString(live.resolve("shop.yaml"), "replicas: 99\nimage: shop:1.0\n");
    story.show(story.renderer().plan(reconciler.plan(call())));
    pass();
    story.check(read("shop.yaml").startsWith("replicas: 3"), "the declared content");
    List<Quarantine.Entry> kept = target.quarantine().list();
    story.check(kept.size() == 1, "one file in quarantine");
    target.quarantine().restore(kept.get(0), "my-edit.yaml");
    story.check(read("my-edit.yaml").startsWith("replicas: 99"), "the edit");
    story.show("the edit, restored as my-edit.yaml: " + read("my-edit.yaml").lines().toList());
  }

  private void deletionIsPruned() throws IOException {
    story.step(
        "A file is deleted in Git",
        "It is pruned, as it is ours; my-edit.yaml is nobody's business and stays.");
    repository.commit().message("No nightly job").remove("prod/jobs/nightly.yaml").create();
    pass();
    story.check(Files.notExists(live.resolve("jobs")), "the file and its directory gone");
    story.check(Files.exists(live.resolve("my-edit.yaml")), "the unmanaged file");
    story.show("left: " + names());
  }

  private void rollBack(String first) throws IOException {
    story.step(
        "Roll back",
        "Back to the first commit; the target is pinned there until the branch moves on.");
    story.show(story.renderer().report(reconciler.rollback(Revision.ofId(first), "you", call())));
    story.check(read("shop.yaml").startsWith("replicas: 2"), "the first content");
    story.check(Files.exists(live.resolve("jobs/nightly.yaml")), "the deleted file");
    story.tell("Another pass, although the branch is ahead: the pin holds.");
    story.check(!pass().changedAnything(), "the pin to hold");

    story.step("Follow the branch again", "Unpinned, the next pass goes to the head.");
    reconciler.unpin("you", call());
    pass();
    story.check(read("shop.yaml").startsWith("replicas: 3"), "the content of the head");
  }

  private void history() {
    story.step("The history", "Append-only and chained by digests, newest first.");
    story.show(story.renderer().history(reconciler.history(20, call())));
    story.show(story.renderer().status(reconciler.status(call())));
    story.check(reconciler.status(call()).inSync(), "in sync");
  }

  private ReconcileReport pass() {
    ReconcileReport report = reconciler.reconcile(call());
    story.show(story.renderer().report(report));
    story.check(report.converged(), "to converge");
    return report;
  }

  private String read(String name) throws IOException {
    return Files.readString(live.resolve(name));
  }

  private List<String> names() throws IOException {
    return Scratch.files(live);
  }

  private static CallContext call() {
    return CallContext.withTimeout(LIMIT);
  }
}
