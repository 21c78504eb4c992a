package io.github.gitops4j.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.RemoteSession2;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSession;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.util.FS;

/** SSH sessions of which all together receive a bounded number of bytes. */
final class BoundedSsh extends SshSessionFactory {
  private final SshdSessionFactory delegate;
  private final ByteBudget budget;

  BoundedSsh(SshdSessionFactory delegate, ByteBudget budget) {
    this.delegate = delegate;
    this.budget = budget;
  }

  @Override
  public RemoteSession getSession(URIish uri, CredentialsProvider provider, FS fs, int timeout)
      throws TransportException {
    return new Session(delegate.getSession(uri, provider, fs, timeout));
  }

  @Override
  public String getType() {
    return delegate.getType();
  }

  private final class Session implements RemoteSession2 {
    private final SshdSession session;

    Session(SshdSession session) {
      this.session = session;
    }

    @Override
    public Process exec(String command, int timeout) throws IOException {
      return new Counted(session.exec(command, timeout));
    }

    @Override
    public Process exec(String command, Map<String, String> environment, int timeout)
        throws IOException {
      return new Counted(session.exec(command, environment, timeout));
    }

    @Override
    public void disconnect() {
      session.disconnect();
    }
  }

  /** What JGit calls a process is a channel of the session. */
  private final class Counted extends Process {
    private final Process channel;

    Counted(Process channel) {
      this.channel = channel;
    }

    @Override
    public InputStream getInputStream() {
      return budget.count(channel.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() {
      return channel.getOutputStream();
    }

    @Override
    public InputStream getErrorStream() {
      return budget.count(channel.getErrorStream());
    }

    @Override
    public int waitFor() throws InterruptedException {
      return channel.waitFor();
    }

    @Override
    public int exitValue() {
      return channel.exitValue();
    }

    @Override
    public void destroy() {
      channel.destroy();
    }
  }
}
