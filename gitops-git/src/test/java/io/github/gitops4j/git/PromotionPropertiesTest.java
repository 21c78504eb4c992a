package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.source.Revision;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;

/** Whatever trees look like, a promotion changes what it is to change, and nothing else. */
class PromotionPropertiesTest {
  private static final CommitMaker MAKER =
      new CommitMaker(GitIdentity.of("A", "a@b"), GitIdentity.of("A", "a@b"), Optional.empty());
  private static final String FROM = "envs/staging";
  private static final String ONTO = "envs/prod";

  /** Names that are one another's beginning, and some that are kept. */
  @Provide
  Arbitrary<String> paths() {
    Arbitrary<String> part = Arbitraries.of("a", "a.b", "a-b", "a0", "keep", "\u00e4");
    return Combinators.combine(
            Arbitraries.of(FROM, FROM, ONTO, ONTO, "envs", "z"),
            part.list().ofMinSize(1).ofMaxSize(3))
        .as((root, parts) -> root + "/" + String.join("/", parts));
  }

  @Provide
  Arbitrary<Map<String, Integer>> trees() {
    return Arbitraries.maps(paths(), Arbitraries.integers().between(0, 7))
        .ofMaxSize(14)
        .map(PromotionPropertiesTest::consistent);
  }

  /** A path is a file or a directory: the first one wins. */
  private static Map<String, Integer> consistent(Map<String, Integer> all) {
    SortedMap<String, Integer> kept = new TreeMap<>();
    kept.put(FROM + "/always", 1);
    all.forEach(
        (path, value) -> {
          boolean clashes =
              kept.keySet().stream()
                  .anyMatch(one -> one.startsWith(path + "/") || path.startsWith(one + "/"));
          if (!clashes && !path.equals(FROM) && !path.equals(ONTO)) {
            kept.put(path, value);
          }
        });
    return kept;
  }

  private static FileMode mode(int value) {
    return List.of(FileMode.REGULAR_FILE, FileMode.EXECUTABLE_FILE, FileMode.SYMLINK)
        .get(value % 3);
  }

  private static String commit(InMemoryRepository repository, Map<String, Integer> files)
      throws IOException {
    try (ObjectInserter inserter = repository.newObjectInserter()) {
      DirCache index = DirCache.newInCore();
      DirCacheBuilder builder = index.builder();
      for (Map.Entry<String, Integer> file : files.entrySet()) {
        DirCacheEntry entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(mode(file.getValue()));
        entry.setObjectId(
            inserter.insert(Constants.OBJ_BLOB, ("" + file.getValue()).getBytes(UTF_8)));
        builder.add(entry);
      }
      builder.finish();
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(index.writeTree(inserter));
      commit.setAuthor(new PersonIdent("A", "a@b"));
      commit.setCommitter(new PersonIdent("A", "a@b"));
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return id.name();
    }
  }

  private static boolean isKept(String path) {
    return path.equals("keep") || path.endsWith("/keep");
  }

  private static Map<String, String> select(Map<String, String> files, boolean kept) {
    Map<String, String> selected = new TreeMap<>(files);
    selected.keySet().removeIf(path -> isKept(path) != kept);
    return selected;
  }

  private static boolean clash(Map<String, String> taken, Map<String, String> staying) {
    return staying.keySet().stream()
        .anyMatch(
            stays ->
                taken.keySet().stream()
                    .anyMatch(
                        path ->
                            path.equals(stays)
                                || path.startsWith(stays + "/")
                                || stays.startsWith(path + "/")));
  }

  @Property(tries = 500)
  void theTargetEqualsTheSourceSaveWhatIsKeptAndNothingElseChanges(
      @ForAll("trees") Map<String, Integer> tree, @ForAll boolean keeping) throws IOException {
    try (InMemoryRepository repository =
            new InMemoryRepository(new DfsRepositoryDescription("random"));
        ObjectReader reader = repository.newObjectReader()) {
      String id = commit(repository, tree);
      Revision tip = new Revision("refs/heads/main", id);
      GitChange.Promotion plain =
          GitChange.promotion(GitScope.of(tip, FROM), GitScope.of(tip, ONTO));
      GitChange change = keeping ? plain.keeping("**/keep") : plain;
      CommitView before = CommitView.of(reader, id);

      Map<String, String> taken = keeping ? select(before.below(FROM), false) : before.below(FROM);
      Map<String, String> staying = keeping ? select(before.below(ONTO), true) : new TreeMap<>();
      Map<String, String> expected = new TreeMap<>(taken);
      expected.putAll(staying);

      CommitMaker.Order order = new CommitMaker.Order(change, "m\n", Instant.EPOCH);
      Optional<NewCommit> made;
      try {
        made = MAKER.make(order, tip, reader);
      } catch (GitWriteException e) {
        assertThat(clash(taken, staying)).as(e.getMessage()).isTrue();
        return;
      }
      CommitView after = before;
      if (made.isPresent()) {
        after = CommitView.of(made.get().objects().over(reader), made.get().id().name());
        assertThat(after.parents()).containsExactly(id);
      }
      assertThat(clash(taken, staying)).isFalse();
      assertThat(after.below(ONTO)).isEqualTo(expected);
      assertThat(after.beside(ONTO)).isEqualTo(before.beside(ONTO));
      assertThat(made.isEmpty()).isEqualTo(before.below(ONTO).equals(expected));
    }
  }
}
