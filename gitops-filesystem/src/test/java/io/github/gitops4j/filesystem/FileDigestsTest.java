package io.github.gitops4j.filesystem;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FileDigestsTest {
  @Test
  void aBlobIdIsThatOfGit() throws IOException {
    byte[] content = "hello\n".getBytes(US_ASCII);
    assertThat(FileDigests.blobId(new ByteArrayInputStream(content), content.length))
        .isEqualTo(FileDigests.blobId(content))
        .isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
  }

  @Test
  void aFileThatGrowsIsReadNoFurtherThanItsSize() {
    AtomicLong given = new AtomicLong();
    InputStream growing =
        new InputStream() {
          @Override
          public int read() {
            given.incrementAndGet();
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            given.addAndGet(length);
            return length;
          }
        };
    assertThatThrownBy(() -> FileDigests.blobId(growing, 1000))
        .isInstanceOf(IOException.class)
        .hasMessage("it changed while being read");
    assertThat(given.get()).isLessThan(10_000);
  }
}
