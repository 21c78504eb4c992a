package io.github.gitops4j.testkit.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The script that runs control planes, unpacked from the class path into the user's cache.
 *
 * <p>The folder is named by the digest of what is in it, so that each version has its own.
 * Immutable.
 */
final class ControlPlaneTool {
  private static final List<String> FILES =
      List.of(
          "control-plane",
          "etcd/go.mod",
          "etcd/go.sum",
          "etcd/main.go",
          "kubernetes/go.mod",
          "kubernetes/go.sum",
          "kubernetes/main.go",
          "kwok/go.mod",
          "kwok/go.sum",
          "kwok/stages.yaml");

  private final Path script;

  private ControlPlaneTool(Path script) {
    this.script = script;
  }

  /** Unpack the script into the user's cache, unless it is there. */
  static ControlPlaneTool unpacked() {
    String given = System.getenv("XDG_CACHE_HOME");
    Path cache =
        given == null || given.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(given);
    return unpackedBelow(cache.resolve("gitops4j").resolve("control-plane"));
  }

  static ControlPlaneTool unpackedBelow(Path parent) {
    Map<String, byte[]> contents = contents();
    Path folder = parent.resolve("tool-" + digest(contents));
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(parent);
        Path fresh = Files.createTempDirectory(parent, "tool-");
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
          Path path = fresh.resolve(file.getKey());
          Files.createDirectories(path.getParent());
          Files.write(path, file.getValue());
        }
        publish(fresh, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("control plane: unpacking the script failed", e);
    }
    return new ControlPlaneTool(folder.resolve(FILES.get(0)));
  }

  /** Give the script. */
  Path script() {
    return script;
  }

  /**
   * Run a command of the script to its end.
   *
   * @return what it printed, without the line break at the end
   * @throws IllegalStateException if it failed, with what it said
   */
  String run(Duration limit, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("bash", script.toString()));
    command.addAll(arguments);
    Path out = null;
    Path err = null;
    try {
      out = Files.createTempFile("control-plane-", ".out");
      err = Files.createTempFile("control-plane-", ".err");
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw failed(arguments, "it took longer than " + limit);
      }
      if (process.exitValue() != 0) {
        throw failed(arguments, Files.readString(err, UTF_8).strip());
      }
      return Files.readString(out, UTF_8).strip();
    } catch (IOException e) {
      throw failed(arguments, "it cannot be run: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(arguments, "it was interrupted");
    } finally {
      delete(out);
      delete(err);
    }
  }

  private static IllegalStateException failed(List<String> arguments, String why) {
    return new IllegalStateException("control plane: " + arguments.get(0) + " failed: " + why);
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      file.toFile().delete();
    }
  }

  /** Who comes second finds the folder there and throws the own one away. */
  private static void publish(Path fresh, Path folder) throws IOException {
    try {
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
      discard(fresh);
    }
  }

  private static void discard(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.forEach(paths::add);
    }
    Collections.reverse(paths);
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  private static Map<String, byte[]> contents() {
    Map<String, byte[]> contents = new TreeMap<>();
    for (String file : FILES) {
      try (InputStream in = ControlPlaneTool.class.getResourceAsStream("control-plane/" + file)) {
        if (in == null) {
          throw new IllegalStateException("control plane: " + file + " is not on the class path");
        }
        contents.put(file, in.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("control plane: reading " + file + " failed", e);
      }
    }
    return contents;
  }

  private static String digest(Map<String, byte[]> contents) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      contents.forEach(
          (name, bytes) -> {
            sha.update((name + '\0' + bytes.length + '\0').getBytes(UTF_8));
            sha.update(bytes);
          });
      return HexFormat.of().formatHex(sha.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
