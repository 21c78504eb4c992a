package io.github.gitops4j.testkit.git;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a {@link FaultyProxy} does to one direction of a TCP connection. Immutable.
 *
 * @since 0.1.0
 */
public sealed interface TcpFault {
  /** Where the bytes go that a fault touches. */
  enum Direction {
    /** What the client sends. */
    TO_SERVER,
    /** What the server answers. */
    TO_CLIENT
  }

  /** Give the direction of the bytes that the fault touches. */
  Direction direction();

  /**
   * Reset both connections (RST) once so many bytes have passed.
   *
   * @param afterBytes zero resets before the first byte
   */
  record Reset(Direction direction, long afterBytes) implements TcpFault {
    /** Check the parts. */
    public Reset {
      check(direction, afterBytes);
    }
  }

  /**
   * Pass nothing more once so many bytes have passed, and leave both connections open.
   *
   * @param afterBytes zero makes a silent peer
   */
  record Stall(Direction direction, long afterBytes) implements TcpFault {
    /** Check the parts. */
    public Stall {
      check(direction, afterBytes);
    }
  }

  /**
   * End this direction (FIN) once so many bytes have passed, and leave the other one open.
   *
   * @param afterBytes zero ends it at once
   */
  record HalfClose(Direction direction, long afterBytes) implements TcpFault {
    /** Check the parts. */
    public HalfClose {
      check(direction, afterBytes);
    }
  }

  /**
   * Invert one byte.
   *
   * @param at its place, from zero
   */
  record FlipByte(Direction direction, long at) implements TcpFault {
    /** Check the parts. */
    public FlipByte {
      check(direction, at);
    }
  }

  /**
   * Hold back each chunk that is read.
   *
   * @param delay not negative
   */
  record Latency(Direction direction, Duration delay) implements TcpFault {
    /** Check the parts. */
    public Latency {
      check(direction, delay.toNanos());
    }
  }

  /**
   * Pass no more than so many bytes in a second.
   *
   * @param bytesPerSecond at least one
   */
  record Throttle(Direction direction, long bytesPerSecond) implements TcpFault {
    /** Check the parts. */
    public Throttle {
      check(direction, bytesPerSecond - 1);
    }
  }

  private static void check(Direction direction, long amount) {
    requireNonNull(direction, "direction");
    if (amount < 0) {
      throw new IllegalArgumentException("tcp fault: an amount is below its least value");
    }
  }
}
