package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** One command over SSH: a Git service on a repository, or a refusal. */
final class GitSshCommand implements Command {
  private static final Pattern COMMAND =
      Pattern.compile("git[- ](upload-pack|receive-pack) '?/?(.+?)(?:\\.git)?/?'?");
  private static final int REFUSED = 128;

  private final String command;
  private final Map<String, TestRepository> repositories;
  private final boolean pushAllowed;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private OutputStream err = OutputStream.nullOutputStream();
  private ExitCallback exit = (code, message, closeImmediately) -> {};

  GitSshCommand(String command, Map<String, TestRepository> repositories, boolean pushAllowed) {
    this.command = command;
    this.repositories = repositories;
    this.pushAllowed = pushAllowed;
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    String protocol = environment.getEnv().get("GIT_PROTOCOL");
    List<String> wanted = protocol == null ? List.of() : List.of(protocol.split(":"));
    Daemon.start("git-ssh-command", () -> run(wanted));
  }

  @Override
  public void destroy(ChannelSession channel) {
    // The streams belong to the channel, whose end also ends the thread.
  }

  private void run(List<String> protocol) {
    int code;
    try {
      code = serve(protocol);
    } catch (IOException e) {
      // The channel broke; the client has the error.
      code = REFUSED;
    }
    exit.onExit(code);
  }

  private int serve(List<String> protocol) throws IOException {
    Matcher match = COMMAND.matcher(command);
    if (!match.matches()) {
      return refuse("not a git command");
    }
    Optional<GitService> service = GitService.find("git-" + match.group(1));
    Optional<TestRepository> repository = Optional.ofNullable(repositories.get(match.group(2)));
    if (service.isEmpty() || repository.isEmpty()) {
      return refuse("no such repository");
    }
    if (service.get() == GitService.RECEIVE_PACK && !pushAllowed) {
      return refuse("this server takes no pushes");
    }
    service.get().converse(repository.get().jgit(), protocol, in, out, err);
    err.flush();
    return 0;
  }

  private int refuse(String why) throws IOException {
    err.write(("fatal: " + why + '\n').getBytes(UTF_8));
    err.flush();
    return REFUSED;
  }
}
