package io.github.gitops4j.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.testkit.git.GitHttpServer;
import io.github.gitops4j.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cache that cannot be written to any longer. A limit on the size of files makes writes fail in
 * the kernel as a full disk does, without a right to mount one.
 */
class FullDiskTest {
  private static final int BYTES = 400_000;

  @TempDir Path temp;
  private TestRepository repository;
  private GitHttpServer server;

  @BeforeEach
  void open() {
    repository = TestRepository.create(temp.resolve("origin.git"));
    byte[] noise = new byte[BYTES];
    new Random(7).nextBytes(noise);
    noise[BYTES - 2] = ' ';
    noise[BYTES - 1] = '0';
    repository.commit().put("noise", noise).create();
    server = GitHttpServer.builder().start();
  }

  @AfterEach
  void close() {
    server.close();
    repository.close();
  }

  /** Runs in the child: cache, URL. */
  public static void main(String[] args) throws IOException {
    try (GitCache cache = CachePuller.open(Path.of(args[0]))) {
      System.out.println("saw " + CachePuller.pull(cache.source(GitUrl.parse(args[1])).build()));
    } catch (GitOpsException e) {
      System.out.println(e.category() + " retryable " + e.retryable() + ": " + e.getMessage());
    }
  }

  private String pull(int blocks) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -f $0; exec \"$@\""));
    command.add(Integer.toString(blocks));
    command.addAll(
        ChildJvm.of(
                FullDiskTest.class,
                List.of("-XX:-UsePerfData"),
                temp.resolve("cache"),
                server.serve("shop", repository))
            .command());
    ProcessBuilder child = new ProcessBuilder(command).redirectErrorStream(true);
    child.environment().put("LC_ALL", "C");
    return ChildJvm.run(child);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 100})
  void isSaidAndLeavesNothingBehind(int blocks) throws Exception {
    assertThat(pull(blocks))
        .startsWith("UNAVAILABLE retryable true: ")
        .containsIgnoringCase("too large");
    try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
      assertThat(files.map(Path::toString))
          .noneMatch(name -> name.matches(".*(incoming.+|\\.pack|\\.idx)"));
    }
    assertThat(pull(1 << 20)).isEqualTo("saw 0\n");
  }
}
