package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.source.SourceTree;
import io.github.gitops4j.source.TreeEntry;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A blob of 2 GiB, in a heap of which it is a multiple. */
class BigBlobIT {
  /** JGit takes none that is larger. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  @TempDir Path temp;

  /** Runs in the child: cache, URL. */
  public static void main(String[] args) throws IOException {
    CallContext call = CallContext.unbounded();
    try (GitCache cache = CachePuller.open(Path.of(args[0]))) {
      GitSource source = cache.source(GitUrl.parse(args[1])).build();
      SourceTree tree = source.fetch(source.latest(call), call).tree();
      TreeEntry big = tree.find("big", call).orElseThrow();
      long read = 0;
      byte[] buffer = new byte[1 << 16];
      try (InputStream in = tree.open(big)) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          read += n;
        }
      }
      System.out.println(tree.size(big) + " " + read);
    } catch (GitOpsException e) {
      System.out.println(e.category());
    }
  }

  private String pull(long size) throws Exception {
    try (TestRepository repository = TestRepository.create(temp.resolve("origin.git"));
        GitHttpServer server = GitHttpServer.builder().start()) {
      repository.commit().putZeros("big", size).create();
      return ChildJvm.run(
          ChildJvm.of(
              BigBlobIT.class,
              List.of("-Xmx64m"),
              temp.resolve("cache"),
              server.serve("shop", repository)));
    }
  }

  @Test
  void isStreamedWithinASmallHeap() throws Exception {
    assertThat(pull(LARGEST)).isEqualTo(LARGEST + " " + LARGEST + "\n");
  }

  @Test
  void isRefusedClearlyIfItIsLarger() throws Exception {
    assertThat(pull(LARGEST + 1)).isEqualTo("LIMIT_EXCEEDED\n");
  }
}
