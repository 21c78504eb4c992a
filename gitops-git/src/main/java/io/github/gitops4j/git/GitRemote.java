package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.TreeSource;
import java.util.List;
import java.util.TreeSet;
import org.eclipse.jgit.lib.Ref;

/**
 * A repository with one set of credentials: one listing of its refs says what all sources track.
 *
 * <p>Immutable.
 *
 * @param url its address
 * @param repository the cache of it that its sources share
 */
record GitRemote(GitUrl url, GitRepository repository) implements Remote {
  GitRemote {
    requireNonNull(url, "url");
    requireNonNull(repository, "repository");
  }

  @Override
  public String id() {
    return url.toString();
  }

  @Override
  public List<Tracked> latest(List<? extends TreeSource> sources, CallContext call) {
    call.checkActive("resolve");
    List<GitSource> all = sources.stream().map(GitSource.class::cast).toList();
    TreeSet<String> names = new TreeSet<>();
    all.forEach(source -> names.addAll(source.names()));
    List<Ref> refs = names.isEmpty() ? List.of() : repository.list(List.copyOf(names), call);
    return all.stream().map(source -> tracked(source, refs)).toList();
  }

  private static Tracked tracked(GitSource source, List<Ref> refs) {
    try {
      return new Tracked.At(source.resolve(refs));
    } catch (SourceException e) {
      return new Tracked.Unresolved(e.failure());
    }
  }
}
