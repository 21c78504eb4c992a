package io.github.gitops4j.testkit.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** The two services of a Git server, over HTTP and over a plain channel. */
enum GitService {
  UPLOAD_PACK("git-upload-pack"),
  RECEIVE_PACK("git-receive-pack");

  /** JGit would make up an identity from the user and host of the machine. */
  private static final PersonIdent PUSHER =
      new PersonIdent(
          "Test Pusher",
          "pusher@example.org",
          Instant.parse("2026-01-01T00:00:00Z"),
          ZoneOffset.UTC);

  private final String command;

  GitService(String command) {
    this.command = command;
  }

  String command() {
    return command;
  }

  static Optional<GitService> find(String command) {
    for (GitService service : values()) {
      if (service.command.equals(command)) {
        return Optional.of(service);
      }
    }
    return Optional.empty();
  }

  /** Write the answer to {@code info/refs}. */
  void advertise(Repository repository, Collection<String> protocol, OutputStream out)
      throws IOException {
    PacketLineOut lines = new PacketLineOut(out);
    PacketLineOutRefAdvertiser advertiser = new PacketLineOutRefAdvertiser(lines);
    if (this == UPLOAD_PACK) {
      try (UploadPack pack = uploadPack(repository, protocol)) {
        pack.setBiDirectionalPipe(false);
        pack.sendAdvertisedRefs(advertiser, command);
      }
    } else {
      lines.writeString("# service=" + command + '\n');
      lines.end();
      ReceivePack pack = receivePack(repository);
      pack.setBiDirectionalPipe(false);
      pack.sendAdvertisedRefs(advertiser);
    }
    lines.flush();
  }

  /** Answer the one request of a stateless connection. */
  void answer(Repository repository, Collection<String> protocol, InputStream in, OutputStream out)
      throws IOException {
    run(repository, protocol, in, out, out, false);
  }

  /** Serve a whole conversation. */
  void converse(
      Repository repository,
      Collection<String> protocol,
      InputStream in,
      OutputStream out,
      OutputStream err)
      throws IOException {
    run(repository, protocol, in, out, err, true);
  }

  private void run(
      Repository repository,
      Collection<String> protocol,
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean twoWay)
      throws IOException {
    if (this == UPLOAD_PACK) {
      try (UploadPack pack = uploadPack(repository, protocol)) {
        pack.setBiDirectionalPipe(twoWay);
        pack.upload(in, out, twoWay ? err : null);
      }
    } else {
      ReceivePack pack = receivePack(repository);
      pack.setBiDirectionalPipe(twoWay);
      pack.receive(in, out, twoWay ? err : null);
    }
    out.flush();
  }

  private static UploadPack uploadPack(Repository repository, Collection<String> protocol) {
    UploadPack pack = new UploadPack(repository);
    pack.setExtraParameters(protocol);
    return pack;
  }

  private static ReceivePack receivePack(Repository repository) {
    ReceivePack pack = new ReceivePack(repository);
    pack.setRefLogIdent(PUSHER);
    return pack;
  }
}
