package io.github.gitops4j.testkit.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;

/** Copies one direction of a connection and applies its faults. */
final class ProxyPump implements Runnable {
  private static final int CHUNK = 16 * 1024;

  private final ProxyConnection connection;
  private final TcpFault.Direction direction;
  private final List<TcpFault> faults;
  private final ProxyTraffic traffic;
  private final long limit;
  private long passed;

  ProxyPump(
      ProxyConnection connection,
      TcpFault.Direction direction,
      List<TcpFault> faults,
      ProxyTraffic traffic) {
    this.connection = connection;
    this.direction = direction;
    this.faults = faults;
    this.traffic = traffic;
    this.limit = firstEnding().map(ProxyPump::limitOf).orElse(Long.MAX_VALUE);
  }

  @Override
  public void run() {
    try {
      if (pump()) {
        end();
      } else {
        connection.ended(direction);
      }
    } catch (IOException e) {
      connection.broken();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      connection.close();
    }
  }

  /** Give whether a fault ended the copy, and not the peer. */
  private boolean pump() throws IOException, InterruptedException {
    InputStream in = connection.source(direction).getInputStream();
    OutputStream out = connection.sink(direction).getOutputStream();
    byte[] buffer = new byte[chunkSize()];
    while (passed < limit) {
      acknowledgeAtOnce();
      int count = in.read(buffer, 0, (int) Math.min(buffer.length, limit - passed));
      if (count < 0) {
        return false;
      }
      change(buffer, count);
      passed += count;
      traffic.add(direction, count);
      out.write(buffer, 0, count);
    }
    return true;
  }

  /**
   * Spare a server that writes headers and body one after the other the wait for a delayed
   * acknowledgement, 40 ms for each answer. The kernel forgets the option, so it is set again.
   */
  private void acknowledgeAtOnce() throws IOException {
    Socket source = connection.source(direction);
    if (source.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK)) {
      source.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  private void change(byte[] buffer, int count) throws InterruptedException {
    for (TcpFault fault : faults) {
      if (fault instanceof TcpFault.FlipByte flip) {
        long at = flip.at() - passed;
        if (at >= 0 && at < count) {
          buffer[(int) at] = (byte) ~buffer[(int) at];
        }
      } else if (fault instanceof TcpFault.Latency latency) {
        pause(latency.delay().toNanos());
      } else if (fault instanceof TcpFault.Throttle throttle) {
        pause(TimeUnit.SECONDS.toNanos(count) / throttle.bytesPerSecond());
      }
    }
  }

  private void end() throws InterruptedException, IOException {
    TcpFault fault = firstEnding().orElseThrow();
    if (fault instanceof TcpFault.Reset) {
      connection.reset();
    } else if (fault instanceof TcpFault.HalfClose) {
      connection.ended(direction);
    } else {
      connection.proxyClosed().await();
    }
  }

  /** Wait, but not longer than the proxy lives. */
  private void pause(long nanos) throws InterruptedException {
    if (connection.proxyClosed().await(nanos, TimeUnit.NANOSECONDS)) {
      throw new InterruptedException("proxy closed");
    }
  }

  private int chunkSize() {
    return faults.stream()
        .filter(TcpFault.Throttle.class::isInstance)
        .map(TcpFault.Throttle.class::cast)
        .mapToInt(throttle -> (int) Math.max(1, Math.min(CHUNK, throttle.bytesPerSecond() / 10)))
        .min()
        .orElse(CHUNK);
  }

  private Optional<TcpFault> firstEnding() {
    return faults.stream()
        .filter(fault -> limitOf(fault) < Long.MAX_VALUE)
        .min((one, other) -> Long.compare(limitOf(one), limitOf(other)));
  }

  private static long limitOf(TcpFault fault) {
    if (fault instanceof TcpFault.Reset reset) {
      return reset.afterBytes();
    }
    if (fault instanceof TcpFault.Stall stall) {
      return stall.afterBytes();
    }
    if (fault instanceof TcpFault.HalfClose halfClose) {
      return halfClose.afterBytes();
    }
    return Long.MAX_VALUE;
  }
}
