package io.github.gitops4j.error;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Why input or output failed. Many exceptions say it by their class, and name a file or nothing.
 */
final class IoReason {
  private static final Map<Class<? extends IOException>, String> BY_CLASS = byClass();

  private IoReason() {}

  private static Map<Class<? extends IOException>, String> byClass() {
    Map<Class<? extends IOException>, String> words = new LinkedHashMap<>();
    words.put(NoSuchFileException.class, "no such file or directory");
    words.put(AccessDeniedException.class, "permission denied");
    words.put(NotDirectoryException.class, "not a directory");
    words.put(DirectoryNotEmptyException.class, "the directory is not empty");
    words.put(FileAlreadyExistsException.class, "it exists already");
    words.put(CharacterCodingException.class, "it is not UTF-8");
    words.put(ClosedByInterruptException.class, "the thread was interrupted");
    words.put(FileLockInterruptionException.class, "the thread was interrupted");
    words.put(ClosedChannelException.class, "it was closed meanwhile");
    return words;
  }

  static String of(Exception problem) {
    return problem instanceof UncheckedIOException unchecked
        ? ofIo(requireNonNull(unchecked.getCause(), "cause"))
        : ofIo(problem);
  }

  private static String ofIo(Exception problem) {
    for (Map.Entry<Class<? extends IOException>, String> known : BY_CLASS.entrySet()) {
      if (known.getKey().isInstance(problem)) {
        return known.getValue();
      }
    }
    if (problem instanceof UnknownHostException) {
      return "unknown host " + problem.getMessage();
    } else if (problem.getCause() instanceof UnresolvedAddressException) {
      return "unknown host";
    }
    String said =
        problem instanceof FileSystemException file ? file.getReason() : problem.getMessage();
    return said == null || said.isBlank() ? words(problem) : said;
  }

  /** Returns the name of the class as words, such as "connect failed". */
  private static String words(Exception problem) {
    String name = problem.getClass().getSimpleName().replaceFirst("Exception$", "");
    String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.isEmpty() ? "input or output failed" : words + " failed";
  }
}
