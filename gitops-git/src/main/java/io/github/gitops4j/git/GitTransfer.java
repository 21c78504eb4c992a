package io.github.gitops4j.git;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.Cancellation;
import io.github.gitops4j.error.CallException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.PushConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * Talks to one remote repository. Each conversation runs on a thread of its own, as not every
 * blocking read of JGit ends at a timeout; the caller leaves at its deadline in any case.
 */
final class GitTransfer {
  private final GitUrl url;
  private final GitAccess access;
  private final GitLimits limits;
  private final JGitIsolation isolation;

  GitTransfer(GitUrl url, GitAccess access, GitLimits limits, JGitIsolation isolation) {
    this.url = url;
    this.access = access;
    this.limits = limits;
    this.isolation = isolation;
  }

  /** One conversation with the remote. */
  interface Talk<T> {
    T with(Transport transport) throws Exception;
  }

  /** A conversation, and what is said of it if it fails. */
  private record Attempt<T>(String tried, Talk<T> talk) {}

  /**
   * Returns the refs that the remote has under the given full names, or below those that end in a
   * slash.
   */
  List<Ref> list(Repository local, List<String> prefixes, CallContext call) {
    return talk(
        local,
        "fetch",
        transport -> {
          List<RefSpec> specs = prefixes.stream().map(GitTransfer::wanted).toList();
          try (FetchConnection connection =
              transport.openFetch(specs, prefixes.toArray(String[]::new))) {
            return List.copyOf(connection.getRefs());
          }
        },
        call);
  }

  private static RefSpec wanted(String name) {
    return name.endsWith("/") ? new RefSpec(name + "*:" + name + "*") : new RefSpec(name);
  }

  /** Says whether commits are fetched without what came before them. */
  boolean isShallow() {
    return access.shallow();
  }

  /** Fetches a ref or a commit with all its history, or with none. */
  void fetch(Repository local, RefSpec spec, CallContext call) {
    talk(
        local,
        "fetch",
        transport -> {
          CallMonitor monitor = new CallMonitor("fetch", call);
          if (isShallow()) {
            new ShallowFetch(transport, local, monitor).run(spec);
          } else {
            transport.fetch(monitor, List.of(spec));
          }
          return "";
        },
        call);
  }

  /**
   * Sends a commit, if the branch is at its parent.
   *
   * @param local where it can be read
   * @param sending run when from now on the branch may be moved
   */
  PushAnswer push(
      Repository local, ObjectId commit, Revision parent, Runnable sending, CallContext call) {
    return talk(
        local,
        "push",
        transport -> {
          if (url.scheme().equals("file")) {
            LocalHooks.refuse(url);
          }
          transport.setPushThin(false);
          // Not by the transport's own way, which would run a hook of the cache.
          try (PushConnection connection = transport.openPush()) {
            Ref there = connection.getRef(parent.ref());
            if (there == null || !there.getObjectId().name().equals(parent.id())) {
              return new PushAnswer.Moved();
            }
            RemoteRefUpdate update =
                new RemoteRefUpdate(
                    local, "", commit, parent.ref(), false, null, there.getObjectId());
            sending.run();
            connection.push(new CallMonitor("push", call), Map.of(parent.ref(), update));
            return answer(update, connection.getMessages());
          }
        },
        call);
  }

  private static PushAnswer answer(RemoteRefUpdate update, String messages) {
    return switch (update.getStatus()) {
      case OK, UP_TO_DATE -> new PushAnswer.Accepted();
      case REJECTED_NONFASTFORWARD, REJECTED_REMOTE_CHANGED -> new PushAnswer.Moved();
      default -> new PushAnswer.Refused(GitFailures.serverWords(update.getMessage(), messages));
    };
  }

  /** Returns a call of its own for what is part of none, with the time of a transfer. */
  CallContext call() {
    return CallContext.withTimeout(limits.maxTime());
  }

  private <T> T talk(Repository local, String what, Talk<T> talk, CallContext call) {
    call.checkActive(what);
    String tried = url + ": " + what + "ing failed: ";
    Attempt<T> attempt = new Attempt<>(tried, talk);
    Duration time = call.remainingAtMost(limits.maxTime());
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(isolation.run(() -> open(local, time, attempt)));
              } catch (Throwable e) {
                // Also an OutOfMemoryError: a server can ask JGit for an array of any size.
                answer.completeExceptionally(e);
              }
            },
            "gitops-git-transfer");
    thread.setDaemon(true);
    thread.start();
    try (Cancellation.Registration ignored =
        call.cancellation().onCancel(() -> answer.cancel(false))) {
      return answer.get(time.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new CallException(FailureCategory.TIMEOUT, tried + "no answer in time");
    } catch (CancellationException e) {
      throw new CallException(FailureCategory.CANCELLED, tried + "cancelled", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CallException(FailureCategory.CANCELLED, tried + "interrupted", e);
    } catch (ExecutionException e) {
      throw GitFailures.transfer(tried, e.getCause() == null ? e : e.getCause());
    } finally {
      thread.interrupt();
    }
  }

  private <T> T open(Repository local, Duration time, Attempt<T> attempt) {
    if (!url.scheme().equals("ssh")) {
      return over(local, time, attempt, transport -> {});
    }
    Path nowhere = local.getDirectory().toPath().resolve("nowhere");
    try (SshConversation ssh = SshConversation.open(url, access, attempt.tried(), nowhere)) {
      try {
        ByteBudget budget = new ByteBudget(limits.maxBytes());
        return over(
            local, time, attempt, transport -> ssh.prepare((SshTransport) transport, budget));
      } catch (SourceException e) {
        throw ssh.refusal()
            .map(refusal -> GitFailures.transfer(attempt.tried(), refusal))
            .orElse(e);
      }
    } catch (IOException e) {
      throw GitFailures.transfer(attempt.tried(), e);
    }
  }

  private <T> T over(
      Repository local, Duration time, Attempt<T> attempt, Consumer<Transport> preparation) {
    LastStatus status = new LastStatus();
    try (Transport transport = Transport.open(local, new URIish(url.toString()))) {
      preparation.accept(transport);
      transport.setTimeout((int) Math.max(1, Math.min(time.toSeconds(), Integer.MAX_VALUE)));
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setRemoveDeletedRefs(false);
      transport.setObjectChecker(ObjectChecks.create());
      if (transport instanceof TransportHttp http) {
        prepare(http, status, attempt.tried());
      }
      return attempt.talk().with(transport);
    } catch (Exception e) {
      throw GitFailures.transfer(attempt.tried(), e, status.code());
    }
  }

  private void prepare(TransportHttp http, LastStatus status, String tried) {
    http.setHttpConnectionFactory(
        new BoundedHttp(
            url.origin().orElseThrow(),
            new ByteBudget(limits.maxBytes()),
            status,
            access.caFile().map(CertificateAuthorities::new)));
    GitCredentials current = access.ask(tried);
    if (current instanceof GitCredentials.Basic basic) {
      http.setCredentialsProvider(
          basic
              .password()
              .reveal(password -> new UsernamePasswordCredentialsProvider(basic.user(), password)));
    } else if (current instanceof GitCredentials.Bearer bearer) {
      String header = bearer.token().reveal(token -> "Bearer " + token);
      http.setAdditionalHeaders(Map.of("Authorization", header));
    }
  }
}
