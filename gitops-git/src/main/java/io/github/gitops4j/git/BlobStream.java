package io.github.gitops4j.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/** The bytes of a file with the reader that gives them, which is closed with them. */
final class BlobStream extends FilterInputStream {
  private final ObjectReader reader;
  private final Runnable onFailure;

  private BlobStream(InputStream in, ObjectReader reader, Runnable onFailure) {
    super(in);
    this.reader = reader;
    this.onFailure = onFailure;
  }

  /**
   * Opens a blob.
   *
   * @param onFailure told when bytes cannot be read later on
   */
  static InputStream open(Repository repository, ObjectId blob, Runnable onFailure)
      throws IOException {
    ObjectReader reader = repository.newObjectReader();
    boolean opened = false;
    try {
      InputStream in = reader.open(blob, Constants.OBJ_BLOB).openStream();
      opened = true;
      return new BlobStream(in, reader, onFailure);
    } finally {
      if (!opened) {
        reader.close();
      }
    }
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      onFailure.run();
      throw e;
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (IOException e) {
      onFailure.run();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      reader.close();
    }
  }
}
