package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.GpgSignature;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Makes commits in memory. With the same key, of a kind whose signatures do not vary, equal orders
 * give equal commits.
 *
 * <p>Thread-safe.
 *
 * @param author who wants the change
 * @param committer who makes the commit
 * @param key asked for each signature; nothing is signed without
 */
record CommitMaker(
    GitIdentity author, GitIdentity committer, Optional<Supplier<GitSigningKey>> key) {

  /**
   * What is to be committed.
   *
   * @param change what is to become of the tip
   * @param message the whole message
   * @param time when it was asked for
   */
  record Order(GitChange change, String message, Instant time) {}

  /** Returns the commit that follows a tip, or nothing if the tip has what is wanted. */
  Optional<NewCommit> make(Order order, Revision tip, ObjectReader reader) throws IOException {
    MemoryObjects objects = new MemoryObjects();
    try (RevWalk walk = new RevWalk(objects.over(reader))) {
      RevCommit parent = walk.parseCommit(ObjectId.fromString(tip.id()));
      ObjectId tree = tree(order.change(), parent, walk, objects);
      if (tree.equals(parent.getTree())) {
        return Optional.empty();
      }
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(tree);
      commit.setParentId(parent);
      commit.setAuthor(person(author, order.time()));
      commit.setCommitter(person(committer, order.time()));
      commit.setMessage(order.message());
      if (key.isPresent()) {
        GitSigningKey current =
            Secrets.ask("getting the signing key", key.get(), GitWriteException::new);
        String signature = CommitSigner.sign(current, commit.build(), order.time());
        commit.setGpgSignature(new GpgSignature(signature.getBytes(US_ASCII)));
      }
      ObjectId id = objects.insert(Constants.OBJ_COMMIT, commit.build());
      return Optional.of(new NewCommit(id, tip, objects));
    }
  }

  /** What is there already is no longer stale, whoever wrote it. */
  private static ObjectId tree(GitChange change, RevCommit tip, RevWalk walk, MemoryObjects objects)
      throws IOException {
    Optional<GitWriteException> stale = StaleCheck.of(change, tip, walk.getObjectReader());
    ObjectId tree;
    try {
      tree = new ChangedTree(walk, objects).of(change, tip);
    } catch (GitWriteException e) {
      throw stale.orElse(e);
    }
    if (stale.isPresent() && !tree.equals(tip.getTree())) {
      throw stale.get();
    }
    return tree;
  }

  private static PersonIdent person(GitIdentity who, Instant time) {
    return new PersonIdent(who.name(), who.email(), time, ZoneOffset.UTC);
  }
}
