package io.github.gitops4j.git;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.sshd.ServerKeyDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The host keys of a known_hosts file for one host. Nothing is ever added to it: a key that is not
 * there is refused, and why is remembered, as the SSH client only says that it was.
 *
 * <p>Confined to one conversation.
 */
final class KnownHosts implements ServerKeyDatabase {
  private final Path file;
  private final String host;
  private final List<PublicKey> known = new ArrayList<>();
  private final List<PublicKey> revoked = new ArrayList<>();
  private boolean authority;
  private volatile @Nullable HostKeyException refusal;

  private KnownHosts(Path file, String host) {
    this.file = file;
    this.host = host;
  }

  /**
   * Reads the lines that are about a host.
   *
   * @throws HostKeyException if the file cannot be read or understood
   */
  static KnownHosts read(Path file, String host, int port) throws HostKeyException {
    KnownHosts hosts = new KnownHosts(file, host + ":" + port);
    try {
      for (KnownHostEntry entry : KnownHostEntry.readKnownHostEntries(file)) {
        if (entry.isHostMatch(host, port)) {
          hosts.add(entry);
        }
      }
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      HostKeyException failure =
          new HostKeyException(file + ": reading the known hosts failed: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    }
    return hosts;
  }

  private void add(KnownHostEntry entry) throws IOException, GeneralSecurityException {
    String marker = entry.getMarker() == null ? "" : entry.getMarker();
    if (marker.equals("cert-authority")) {
      authority = true;
      return;
    }
    PublicKey key =
        entry.getKeyEntry().resolvePublicKey(null, Map.of(), PublicKeyEntryResolver.IGNORING);
    if (key == null) {
      return;
    }
    switch (marker) {
      case "" -> known.add(key);
      case "revoked" -> revoked.add(key);
      default -> throw new IOException("unknown marker @" + marker);
    }
  }

  /** Returns why the server was refused, if it was. */
  Optional<HostKeyException> refusal() {
    return Optional.ofNullable(refusal);
  }

  @Override
  public List<PublicKey> lookup(
      String connectAddress, InetSocketAddress remote, Configuration config) {
    return List.copyOf(known);
  }

  @Override
  public boolean accept(
      String connectAddress,
      InetSocketAddress remote,
      PublicKey key,
      Configuration config,
      CredentialsProvider provider) {
    if (contains(revoked, key)) {
      refusal = new HostKeyException(describe(key) + " is revoked in " + file);
    } else if (!contains(known, key)) {
      refusal = new HostKeyException(describe(key) + reason());
    }
    return refusal == null;
  }

  private String reason() {
    if (!known.isEmpty()) {
      return " is not the one in " + file + ": it has changed, or it is not that host";
    }
    return authority
        ? " is not in " + file + ": it names an authority, but host certificates are not supported"
        : " is not known: no line of " + file + " has it";
  }

  private String describe(PublicKey key) {
    return "the host key of " + host + ", " + KeyUtils.getFingerPrint(key) + ",";
  }

  private static boolean contains(List<PublicKey> keys, PublicKey key) {
    return keys.stream().anyMatch(one -> KeyUtils.compareKeys(one, key));
  }
}
