package io.github.gitops4j.filesystem;

import io.github.gitops4j.resource.Content;
import io.github.gitops4j.resource.ContentDigest;
import io.github.gitops4j.resource.ResourceKey;
import io.github.gitops4j.source.ResourceModel;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import io.github.gitops4j.testkit.contract.ResourceModelFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Files that are resources. */
final class FileModelFixture implements ResourceModelFixture {
  @Override
  public ResourceModel createModel() {
    return FileModel.of(LinkPolicy.INSIDE_ROOT);
  }

  @Override
  public ResourceKey key(String name) {
    return ResourceKey.file(name);
  }

  @Override
  public String path(String name) {
    return name;
  }

  @Override
  public void declare(InMemoryTreeSource.Files files, String name, String content) {
    files.put(name, content);
  }

  @Override
  public String declareBroken(InMemoryTreeSource.Files files, String name) {
    files.put(name + ":", "");
    return name + ":";
  }

  @Override
  public ContentDigest digest(Content content) {
    return digestOf(content);
  }

  static ContentDigest digestOf(Content content) {
    Content.Opaque opaque = (Content.Opaque) content;
    try (InputStream in = opaque.bytes().open()) {
      return FileDigests.of(opaque.mode(), FileDigests.blobId(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
