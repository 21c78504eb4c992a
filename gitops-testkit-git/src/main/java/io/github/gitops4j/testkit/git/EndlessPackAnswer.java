package io.github.gitops4j.testkit.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.SideBandOutputStream;

/** Answers a fetch with sound objects, one after the other, and never with the end of the pack. */
final class EndlessPackAnswer {
  private static final int BLOB_SIZE = 32 * 1024;
  private static final int PACK_VERSION = 2;
  private static final int BLOB_TYPE = 3;

  private final GitFault.EndlessPack order;
  private final byte[] blob = new byte[BLOB_SIZE];

  EndlessPackAnswer(GitFault.EndlessPack order) {
    this.order = order;
    // The same bytes each time; only a number at their start makes each object another one.
    new Random(1).nextBytes(blob);
  }

  void answer(GitRequest request, OutputStream out) throws IOException {
    String wanted = readAll(request.body());
    PacketLineOut lines = new PacketLineOut(out);
    if (request.protocol().contains("version=2")) {
      if (!wanted.contains("0009done\n")) {
        lines.writeString("acknowledgments\n");
        lines.writeString("ready\n");
        lines.writeDelim();
      }
      lines.writeString("packfile\n");
    } else {
      lines.writeString("NAK\n");
    }
    lines.flush();
    SideBandOutputStream band =
        new SideBandOutputStream(SideBandOutputStream.CH_DATA, SideBandOutputStream.MAX_BUF, out);
    ByteBuffer header = ByteBuffer.allocate(12).put("PACK".getBytes(UTF_8));
    band.write(header.putInt(PACK_VERSION).putInt(order.declaredObjects()).array());
    long sent = 0;
    for (int number = 0; sent < order.maxBytes(); number++) {
      byte[] object = object(number);
      band.write(object);
      sent += object.length;
    }
    band.flush();
  }

  private byte[] object(int number) throws IOException {
    ByteBuffer.wrap(blob).putInt(number);
    ByteArrayOutputStream object = new ByteArrayOutputStream(BLOB_SIZE + 64);
    writeHeader(object, blob.length);
    Deflater stored = new Deflater(Deflater.NO_COMPRESSION);
    try (DeflaterOutputStream deflated = new DeflaterOutputStream(object, stored)) {
      deflated.write(blob);
    } finally {
      stored.end();
    }
    return object.toByteArray();
  }

  /** Four bits of the size beside the type, then seven bits at a time, the lowest first. */
  private static void writeHeader(ByteArrayOutputStream object, int size) {
    int next = (BLOB_TYPE << 4) | (size & 0xf);
    for (int rest = size >>> 4; rest > 0; rest >>>= 7) {
      object.write(0x80 | next);
      next = rest & 0x7f;
    }
    object.write(next);
  }

  private static String readAll(InputStream in) throws IOException {
    return new String(in.readAllBytes(), UTF_8);
  }
}
