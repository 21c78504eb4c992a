package io.github.gitops4j.cli;

import io.github.gitops4j.report.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what the verbs do, with a repository and a directory of its own. */
@Command(
    name = "demo",
    description = {
      "Shows what the verbs do, with a repository and a live directory that it makes.",
      "Needs no application file and no Git, and leaves all there to go on with."
    })
final class DemoVerb implements Callable<Integer> {
  private static final String BOLD = "\u001b[1m";
  private static final String END = "\u001b[0m";
  private static final int SHORT = 12;

  private static final String APPLICATION =
      """
      apiVersion: gitops4j.github.io/v1alpha1
      kind: Application
      metadata: {name: shop}
      spec:
        source:
          git: {url: "%s", ref: main, path: prod}
        target:
          filesystem: {root: live}
      """;

  private final Gitops options;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description =
          "Where to: a directory that is empty or not there yet (default: ${DEFAULT-VALUE}).")
  Path directory = Path.of("gitops-demo");

  private int steps;

  DemoVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public Integer call() throws IOException {
    options.refuseReports("demo");
    if (Files.exists(directory) && !(Files.isDirectory(directory) && isEmpty(directory))) {
      throw Problems.wrong(directory.toString(), "expected a directory that is empty, or none");
    }
    Files.createDirectories(place("live"));
    try (DemoRepository shop = DemoRepository.create(place("shop.git"))) {
      String first = declare(shop);
      change(shop);
      edit();
      goBack(first.substring(0, SHORT));
    }
    end();
    return Exit.DONE.code();
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private String declare(DemoRepository shop) throws IOException {
    step(
        "A repository declares what is to be live",
        "A file says where: what is below prod/ is to be in live/.");
    shop.put("prod/shop.conf", "port = 80\n").put("prod/motd", "Welcome\n");
    String first = shop.commit("main", "Open the shop");
    String url = place("shop.git").toAbsolutePath().normalize().toUri().toString();
    String application = APPLICATION.formatted(url.replaceFirst("/$", ""));
    Files.writeString(place("app.yaml"), application);
    show(application);
    gitops(Exit.CHANGES, "plan");
    gitops(Exit.DONE, "apply");
    return first;
  }

  private void change(DemoRepository shop) throws IOException {
    step("Somebody opens a branch", "A plan says what merging it does, from a clone alone.");
    shop.put("prod/shop.conf", "port = 8080\n").put("prod/banner", "Sale\n").remove("prod/motd");
    shop.commit("sale", "Open the sale");
    String clone = place("shop.git").toString();
    gitops(Exit.CHANGES, "plan", "--from", "main", "--to", "sale", "--repository", clone);
    shop.merge("sale");
    tell("It is merged.");
    gitops(Exit.DONE, "apply");
  }

  private void edit() throws IOException {
    step("Somebody edits what is live", "It is drift: put right, and the edit kept.");
    Path edited = place("live", "shop.conf");
    command("echo 'port = 9090' > " + edited);
    Files.writeString(edited, "port = 9090\n");
    gitops(Exit.CHANGES, "status");
    gitops(Exit.DONE, "apply");
    gitops(Exit.DONE, "quarantine", "list");
  }

  private void goBack(String first) {
    step("The sale was a mistake", "Back to the first commit, and it stays there until unpin.");
    gitops(Exit.DONE, "rollback", first, "--by", "ada");
    gitops(Exit.DONE, "history", "--limit", "3");
    gitops(Exit.DONE, "history", "--verify");
  }

  private void end() {
    PrintStream out = options.console().out();
    out.println();
    out.println(
        "All of it is still in "
            + Printable.of(directory.toString())
            + ": edit live, clone shop.git and push to it, or let it be kept as declared:");
    command("gitops unpin -f " + place("app.yaml"));
    command("gitops run -f " + place("app.yaml"));
  }

  private Path place(String... names) {
    return Path.of(directory.toString(), names);
  }

  private void step(String title, String explanation) {
    steps++;
    PrintStream out = options.console().out();
    if (steps > 1) {
      out.println();
    }
    String head = steps + ". " + title;
    out.println(options.console().colored() ? BOLD + head + END : head);
    tell(explanation);
  }

  private void tell(String words) {
    options.console().out().println(words);
  }

  private void show(String text) {
    text.lines().forEach(line -> options.console().out().println("  " + Printable.of(line)));
  }

  private void command(String line) {
    options.console().out().println("$ " + Printable.of(line));
  }

  /** Runs a verb as somebody would, and ends the demonstration if it does not do what it should. */
  private void gitops(Exit expected, String verb, String... arguments) {
    List<String> all = new ArrayList<>(List.of(verb, "-f", place("app.yaml").toString()));
    all.addAll(List.of(arguments));
    command("gitops " + String.join(" ", all));
    all.addAll(List.of("--cache-dir", options.cacheDirectory().toString()));
    int exit =
        new GitopsCommand(options.console(), options.session().cancellation())
            .run(all.toArray(String[]::new));
    if (exit != expected.code()) {
      throw new IllegalStateException(
          "step "
              + steps
              + ": gitops "
              + verb
              + " ended with "
              + exit
              + ", not "
              + expected.code());
    }
  }
}
