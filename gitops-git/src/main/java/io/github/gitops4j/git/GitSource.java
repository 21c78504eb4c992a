package io.github.gitops4j.git;

import static java.util.Objects.requireNonNull;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.SourceException;
import io.github.gitops4j.source.FetchedTree;
import io.github.gitops4j.source.Provenance;
import io.github.gitops4j.source.Remote;
import io.github.gitops4j.source.Revision;
import io.github.gitops4j.source.RevisionOrder;
import io.github.gitops4j.source.TreeSource;
import io.github.gitops4j.source.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/**
 * A path of a Git repository as a source.
 *
 * <p>Several sources of one cache on one repository share its fetches. A commit that does not touch
 * the path gives a tree of the same id, so nothing is planned for it.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class GitSource implements TreeSource {
  private static final String TAGS = "refs/tags/";

  private final GitUrl url;
  private final GitRef ref;
  private final String path;
  private final PathGlobs globs;
  private final GitRepository repository;
  private final Optional<SignatureCheck> signatures;

  private GitSource(Builder builder) {
    this.url = builder.url;
    this.ref = builder.ref;
    this.path = builder.path;
    this.globs = new PathGlobs(builder.includes, builder.excludes);
    this.repository = builder.cache.repository(url, builder.access());
    this.signatures = builder.verification.map(rules -> new SignatureCheck(url, rules, repository));
  }

  @Override
  public String id() {
    return path.isEmpty() ? url.toString() : url + "//" + path;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Revision latest(CallContext call) {
    call.checkActive("resolve");
    List<String> names = names();
    return resolve(names.isEmpty() ? List.of() : repository.list(names, call));
  }

  @Override
  public Optional<Remote> remote() {
    return Optional.of(new GitRemote(url, repository));
  }

  /** Returns the names of refs, or what they begin with, that decide what is tracked. */
  List<String> names() {
    if (ref instanceof GitRef.Commit) {
      return List.of();
    }
    if (ref instanceof GitRef.Semver) {
      return List.of(TAGS);
    }
    if (ref instanceof GitRef.Named named) {
      return List.of(named.name());
    }
    String name = ((GitRef.ShortName) ref).name();
    return List.of("refs/heads/" + name, TAGS + name);
  }

  /**
   * Returns what is tracked.
   *
   * @param advertised at least all refs under the names
   */
  Revision resolve(List<Ref> advertised) {
    if (ref instanceof GitRef.Commit commit) {
      return Revision.ofId(commit.id());
    }
    if (ref instanceof GitRef.Semver semver) {
      return VersionTags.highest(url, semver.range(), advertised);
    }
    List<String> names = names();
    List<Ref> found =
        advertised.stream()
            .filter(candidate -> names.contains(candidate.getName()))
            .filter(candidate -> candidate.getObjectId() != null)
            .toList();
    if (found.isEmpty()) {
      throw new SourceException(
          FailureCategory.NOT_FOUND, url + ": resolving failed: there is no " + names);
    } else if (found.size() > 1) {
      throw new SourceException(
          FailureCategory.INVALID_INPUT,
          url + ": resolving failed: there are both " + names + "; give the full name");
    }
    return revision(found.get(0));
  }

  /** Returns the commit that an advertised ref leads to. */
  static Revision revision(Ref ref) {
    ObjectId peeled = ref.getPeeledObjectId();
    return new Revision(ref.getName(), (peeled == null ? ref.getObjectId() : peeled).name());
  }

  @Override
  public FetchedTree fetch(Revision revision, CallContext call) {
    call.checkActive("fetch");
    if (!ObjectId.isId(revision.id())) {
      throw new SourceException(
          FailureCategory.INVALID_INPUT, revision + ": fetching failed: not a commit id");
    }
    repository.require(revision, call);
    Optional<String> signer = signatures.map(check -> check.signer(revision, call));
    return repository.read(
        revision,
        call,
        reader -> {
          try (RevWalk walk = new RevWalk(reader)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(revision.id()));
            ObjectId scope = subtree(revision, commit, reader);
            GitSourceTree tree = new GitSourceTree(repository, revision, scope, globs);
            return new FetchedTree(tree, revision, provenance(commit, signer));
          }
        });
  }

  GitUrl url() {
    return url;
  }

  boolean isShallow() {
    return repository.isShallow();
  }

  GitRepository repository() {
    return repository;
  }

  /** Refuses a commit that is not signed, if commits have to be: a new one would vouch for it. */
  void requireTrusted(Revision revision, CallContext call) {
    signatures.ifPresent(check -> check.signerOfCommit(revision, call));
  }

  private ObjectId subtree(Revision revision, RevCommit commit, ObjectReader reader)
      throws IOException {
    ObjectId scope = TreeListings.subtree(commit.getTree(), path, reader);
    if (scope == null) {
      throw new SourceException(
          FailureCategory.NOT_FOUND,
          url + ": reading failed: " + revision + " has no directory " + path);
    }
    return scope;
  }

  static Provenance provenance(RevCommit commit, Optional<String> signer) {
    PersonIdent author = commit.getAuthorIdent();
    return new Provenance(
        name(author),
        name(commit.getCommitterIdent()),
        Optional.ofNullable(author).map(PersonIdent::getWhenAsInstant),
        commit.getShortMessage(),
        signer,
        signer.isPresent() ? Trust.VERIFIED : Trust.NOT_CHECKED);
  }

  private static String name(@Nullable PersonIdent person) {
    return person == null ? "" : person.getName() + " <" + person.getEmailAddress() + ">";
  }

  @Override
  public RevisionOrder order() {
    return isShallow() ? RevisionOrder.none() : this::relation;
  }

  /** A base that is not here, although all history of the ref is, was rewritten away. */
  private RevisionOrder.Relation relation(Revision candidate, Revision base, CallContext call) {
    if (candidate.sameContentAs(base)) {
      return RevisionOrder.Relation.SAME;
    }
    if (!ObjectId.isId(candidate.id()) || !ObjectId.isId(base.id())) {
      return RevisionOrder.Relation.UNKNOWN;
    }
    ObjectId newer = ObjectId.fromString(candidate.id());
    ObjectId older = ObjectId.fromString(base.id());
    if (!repository.contains(newer, candidate, call)) {
      return RevisionOrder.Relation.UNKNOWN;
    }
    if (!repository.contains(older, candidate, call)) {
      return RevisionOrder.Relation.DIVERGED;
    }
    return repository.read(
        candidate,
        call,
        reader -> {
          try (RevWalk walk = new RevWalk(reader)) {
            RevCommit to = walk.parseCommit(newer);
            RevCommit from = walk.parseCommit(older);
            if (walk.isMergedInto(from, to)) {
              return RevisionOrder.Relation.AHEAD;
            }
            return walk.isMergedInto(to, from)
                ? RevisionOrder.Relation.BEHIND
                : RevisionOrder.Relation.DIVERGED;
          }
        });
  }

  /** Builds a {@link GitSource}. Confined to one thread. */
  public static final class Builder {
    private final GitCache cache;
    private final GitUrl url;
    private final List<String> includes = new ArrayList<>();
    private final List<String> excludes = new ArrayList<>();
    private GitRef ref = GitRef.branch("main");
    private String path = "";
    private String credentialsName = "";
    private Supplier<GitCredentials> credentials = GitCredentials::none;
    private Optional<Path> caFile = Optional.empty();
    private Optional<Path> knownHosts = Optional.empty();
    private Optional<GitVerification> verification = Optional.empty();
    private boolean shallow;

    Builder(GitCache cache, GitUrl url) {
      this.cache = cache;
      this.url = requireNonNull(url, "url");
    }

    /** Default the branch {@code main}. */
    public Builder ref(GitRef value) {
      this.ref = requireNonNull(value, "ref");
      return this;
    }

    /** Default the whole repository: a directory in it, {@code /} between parts. */
    public Builder path(String value) {
      this.path = plain(value);
      return this;
    }

    static String plain(String path) {
      String trimmed = path.replaceAll("^/+|/+$", "");
      for (String part : trimmed.split("/", -1)) {
        if (part.equals("..") || part.equals(".")) {
          throw new IllegalArgumentException("a path within the repository, not " + path);
        }
      }
      return trimmed;
    }

    /** Default everything; each call adds a pattern, relative to the path. */
    public Builder include(String glob) {
      includes.add(requireNonNull(glob, "glob"));
      return this;
    }

    /** Default nothing; each call adds a pattern, relative to the path. */
    public Builder exclude(String glob) {
      excludes.add(requireNonNull(glob, "glob"));
      return this;
    }

    /**
     * Default none.
     *
     * @param value asked before each conversation, so that a token may change
     */
    public Builder credentials(Supplier<GitCredentials> value) {
      return credentials("given", value);
    }

    /**
     * Default none.
     *
     * @param name whose they are: sources of one repository under one name share a cache, which
     *     those who may not read the repository must not
     * @param value asked before each conversation, so that a token may change
     */
    public Builder credentials(String name, Supplier<GitCredentials> value) {
      this.credentialsName = requireNonNull(name, "name");
      this.credentials = requireNonNull(value, "credentials");
      return this;
    }

    /**
     * Default the authorities of the JVM.
     *
     * @param value certificates in PEM: no other authority may vouch for the server. It is read
     *     anew for each connection
     */
    public Builder caFile(Path value) {
      this.caFile = Optional.of(value);
      return this;
    }

    /**
     * No default; needed for ssh.
     *
     * @param value host keys as OpenSSH keeps them. A server whose key is not there is refused, and
     *     nothing is ever written to it. It is read anew for each connection
     */
    public Builder knownHosts(Path value) {
      this.knownHosts = Optional.of(value);
      return this;
    }

    /** Default none: what is not signed as demanded cannot be fetched. */
    public Builder verify(GitVerification value) {
      this.verification = Optional.of(value);
      return this;
    }

    /**
     * Default all history is fetched. With this, only commits that are followed or asked for are,
     * which is less the longer the history is. Then nobody can tell whether a commit descends from
     * another one: a branch that was rewound is followed. The server has to give commits by their
     * id, as GitHub, GitLab and Git's protocol version 2 do; no {@link GitWriter} can be had.
     */
    public Builder shallow() {
      this.shallow = true;
      return this;
    }

    GitAccess access() {
      return new GitAccess(credentialsName, credentials, caFile, knownHosts, shallow);
    }

    /**
     * Builds the source. It talks to nobody yet.
     *
     * @throws IllegalArgumentException if the URL is one of ssh and there are no known hosts
     */
    public GitSource build() {
      if (url.scheme().equals("ssh") && knownHosts.isEmpty()) {
        throw new IllegalArgumentException(url + ": ssh needs a file of known hosts");
      }
      return new GitSource(this);
    }
  }
}
