package io.github.gitops4j.cli;

import io.github.gitops4j.apply.TargetLock;
import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.filesystem.FilesystemTarget;
import io.github.gitops4j.filesystem.Quarantine;
import io.github.gitops4j.report.KeptAside;
import io.github.gitops4j.report.ReportItem;
import io.github.gitops4j.resource.ResourceKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What had to give way, and how it comes back. */
@Command(
    name = "quarantine",
    description = "Shows what had to give way in a directory and was kept, and puts it back.",
    synopsisSubcommandLabel = "list|restore")
final class QuarantineVerb implements Runnable {
  /** Reports name the place in the directory; what follows is the id. */
  private static final String PLACE = ".gitops/quarantine/";

  private final Gitops options;

  @Spec CommandSpec self = CommandSpec.create();

  QuarantineVerb(Gitops options) {
    this.options = options;
  }

  @Override
  public void run() {
    throw new ParameterException(self.commandLine(), "expected list or restore");
  }

  /** Shows everything. */
  @Command(name = "list", description = "Shows what is kept, with the ids for restore.")
  int list() {
    return options
        .session()
        .each(
            options,
            (application, call) -> {
              List<KeptAside> kept = new ArrayList<>();
              for (Quarantine.Entry entry : quarantine(application).list()) {
                kept.add(
                    new KeptAside(id(entry), ResourceKey.file(entry.path()), Optional.empty()));
              }
              return new Answer(new ReportItem.OfKeptAside(application.name(), kept), Exit.DONE);
            });
  }

  /** Puts one back. */
  @Command(name = "restore", description = "Puts a file back as it was. Never overwrites anything.")
  int restore(
      @Parameters(paramLabel = "ID", description = "The id that list shows.") String id,
      @Option(
              names = "--to",
              paramLabel = "PATH",
              description = "Where to, below the root of the target (default: where it was).")
          Optional<String> to) {
    return options
        .session()
        .one(options, (application, call) -> restored(application, id, to, call));
  }

  private static Answer restored(
      OpenApplication application, String id, Optional<String> to, CallContext call)
      throws IOException {
    String wanted = id.startsWith(PLACE) ? id.substring(PLACE.length()) : id;
    Quarantine quarantine = quarantine(application);
    Quarantine.Entry entry =
        quarantine.list().stream()
            .filter(kept -> id(kept).equals(wanted))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        FailureCategory.NOT_FOUND, wanted, 0, 0, "not in quarantine"));
    String path = to.orElse(entry.path());
    try (TargetLock.Held held = application.target().lock().acquire(call)) {
      quarantine.restore(entry, path);
    } catch (FileAlreadyExistsException e) {
      throw new ApplyException(
          FailureCategory.CONFLICT, path + ": something is there; name another place with --to", e);
    } catch (IllegalArgumentException e) {
      throw Problems.wrong("--to", String.valueOf(e.getMessage()));
    }
    KeptAside back =
        new KeptAside(wanted, ResourceKey.file(entry.path()), Optional.of(ResourceKey.file(path)));
    return new Answer(new ReportItem.OfKeptAside(application.name(), List.of(back)), Exit.DONE);
  }

  private static Quarantine quarantine(OpenApplication application) {
    if (application.target() instanceof FilesystemTarget directory) {
      return directory.quarantine();
    }
    throw new ApplyException(
        FailureCategory.UNSUPPORTED, application.target().id() + ": it keeps nothing aside");
  }

  private static String id(Quarantine.Entry entry) {
    return entry.operation() + "/" + entry.path();
  }
}
