import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;

/** Makes what the run that decides about the archive of classes works on. */
final class Training {
  private Training() {}

  /** Makes a repository, an empty target and an application file in a directory. */
  public static void main(String[] arguments) throws IOException, GitAPIException {
    Path directory = Path.of(arguments[0]);
    Path declared = Files.createDirectories(directory.resolve("repository/declared"));
    Files.createDirectories(directory.resolve("target"));
    Files.writeString(declared.resolve("a.yaml"), "a: 1\n");
    try (Git git = Git.init().setDirectory(directory.resolve("repository").toFile()).call()) {
      git.add().addFilepattern(".").call();
      git.commit().setMessage("Declare a file").setAuthor("a", "a@example.com").setSign(false).call();
      git.branchCreate().setName("release").call();
    }
    Files.writeString(
        directory.resolve("app.yaml"),
        """
        apiVersion: gitops4j.github.io/v1alpha1
        kind: Application
        metadata: {name: training}
        spec:
          source:
            git: {url: "%s", ref: release, path: declared}
          target:
            filesystem: {root: target}
        """
            .formatted(directory.resolve("repository").toUri()));
  }
}
