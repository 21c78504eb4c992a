package io.github.gitops4j.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A repository made by the real {@code git}, with what real ones have. */
final class RealRepository {
  private final Path root;
  private final RealGit work;
  private final RealGit bare;

  private RealRepository(Path root, RealGit work, RealGit bare) {
    this.root = root;
    this.work = work;
    this.bare = bare;
  }

  /** Makes a work tree and a bare repository that borrows its objects. */
  static RealRepository create(Path directory) throws IOException, InterruptedException {
    Path at = Files.createDirectories(directory.resolve("work"));
    RealGit work = new RealGit(at);
    work.run("init", "--quiet", "--initial-branch=main", ".");
    write(at, "lf.txt", "one\ntwo\n");
    write(at, "crlf.txt", "one\r\ntwo\r\n");
    write(at, "no-newline", "end");
    write(at, "empty", "");
    write(at, "dir/umlaut-\u00e4.txt", "\u00e4\n");
    write(at, "dir/with space", "x\n");
    Files.write(at.resolve("binary"), new byte[] {0, 1, (byte) 0xff, '\r', '\n', 0});
    write(at, "run.sh", "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        at.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(at.resolve("link"), Path.of("dir/with space"));
    Files.createSymbolicLink(at.resolve("dangling"), Path.of("../outside"));
    RealGit other = new RealGit(Files.createDirectories(directory.resolve("module")));
    other.run("init", "--quiet", "--initial-branch=main", ".");
    write(other.directory(), "inner", "inner\n");
    other.run("add", ".");
    other.run("commit", "--quiet", "-m", "inner");
    work.run("submodule", "--quiet", "add", other.directory().toUri().toString(), "module");
    work.run("add", ".");
    work.run("commit", "--quiet", "-m", "first");
    Path root = directory.resolve("served");
    RealGit bare = new RealGit(Files.createDirectories(root.resolve("team/shop.git")));
    bare.run("clone", "--quiet", "--bare", "--shared", at.toString(), ".");
    bare.run("config", "uploadpack.allowAnySHA1InWant", "false");
    work.run("remote", "add", "served", bare.directory().toString());
    return new RealRepository(root, work, bare);
  }

  private static void write(Path root, String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  RealGit bare() {
    return bare;
  }

  /** Returns the directory of all served repositories. */
  Path root() {
    return root;
  }

  /** Commits one file and pushes it; returns the commit. */
  String commit(String path, String text) throws IOException, InterruptedException {
    write(work.directory(), path, text);
    return publish("change " + path);
  }

  /** Commits so many files in directories of 100 and pushes them; returns the commit. */
  String commitMany(int files) throws IOException, InterruptedException {
    for (int i = 0; i < files; i++) {
      write(work.directory(), "many/" + i / 100 + "/f" + i, "file " + i + "\n");
    }
    return publish("many files");
  }

  private String publish(String message) throws IOException, InterruptedException {
    work.run("add", ".");
    work.run("commit", "--quiet", "-m", message);
    work.run("push", "--quiet", "--force", "served", "main");
    return work.run("rev-parse", "HEAD");
  }

  /** Forgets the last commit and makes another one in its place; returns it. */
  String rewind(String path, String text) throws IOException, InterruptedException {
    work.run("reset", "--quiet", "--hard", "HEAD~1");
    return commit(path, text);
  }

  /** Makes a tag of a tag of the head, and packs all refs. */
  void tagTwice(String inner, String outer) throws IOException, InterruptedException {
    work.run("tag", "-a", "-m", inner, inner);
    work.run("tag", "-a", "-m", outer, outer, inner);
    work.run("push", "--quiet", "served", inner, outer);
    bare.run("pack-refs", "--all");
  }
}
