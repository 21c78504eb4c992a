package io.github.gitops4j.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {
  static Stream<Arguments> problems() {
    IOException unresolved = new ConnectException();
    unresolved.initCause(new UnresolvedAddressException());
    return Stream.of(
        Arguments.of(new IOException("it ends early"), "it ends early"),
        Arguments.of(new IOException(), "io failed"),
        Arguments.of(new AccessDeniedException("/a"), "permission denied"),
        Arguments.of(
            new UncheckedIOException(new AccessDeniedException("/a")), "permission denied"),
        Arguments.of(new FileSystemException("/a", null, "No space left"), "No space left"),
        Arguments.of(new FileSystemException("/a"), "file system failed"),
        Arguments.of(new UnknownHostException("a.example"), "unknown host a.example"),
        Arguments.of(new ConnectException(), "connect failed"),
        Arguments.of(new ConnectException("Connection refused"), "Connection refused"),
        Arguments.of(unresolved, "unknown host"),
        Arguments.of(new ClosedByInterruptException(), "the thread was interrupted"),
        Arguments.of(new FileLockInterruptionException(), "the thread was interrupted"),
        Arguments.of(new ClosedChannelException(), "it was closed meanwhile"),
        Arguments.of(new MalformedInputException(1), "it is not UTF-8"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void whyInputOrOutputFailedIsSaidInWords(Exception problem, String reason) {
    assertThat(Failure.reasonOf(problem)).isEqualTo(reason);
  }

  @Test
  void whatTheFileSystemRefusesIsSaidInWords(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(reason(() -> Files.readString(directory.resolve("none"))))
        .isEqualTo("no such file or directory");
    assertThat(reason(() -> Files.createDirectory(file))).isEqualTo("it exists already");
    assertThat(reason(() -> Files.delete(directory))).isEqualTo("the directory is not empty");
    assertThat(reason(() -> Files.createFile(file.resolve("below")))).isEqualTo("Not a directory");
    assertThat(reason(() -> Files.readString(directory))).isEqualTo("Is a directory");
  }

  private static String reason(ThrowingCallable work) {
    return Failure.reasonOf(catchThrowableOfType(IOException.class, work));
  }
}
