package io.github.gitops4j.testkit.git;

import static io.github.gitops4j.testkit.git.TcpFault.Direction.TO_CLIENT;
import static io.github.gitops4j.testkit.git.TcpFault.Direction.TO_SERVER;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FaultyProxyTest {
  private static final byte[] SENT = "0123456789".getBytes(US_ASCII);

  private ServerSocket echo;
  private FaultyProxy proxy;

  @BeforeEach
  void start() throws IOException {
    echo = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Daemon.start("echo", this::serveAll);
    proxy =
        FaultyProxy.to(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), echo.getLocalPort()));
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void passesEverythingBothWays() throws IOException {
    assertThat(exchange()).isEqualTo("0123456789");
    assertThat(proxy.connectionCount()).isEqualTo(1);
    assertThat(proxy.bytesPassed(TO_SERVER)).isEqualTo(10);
    assertThat(proxy.bytesPassed(TO_CLIENT)).isEqualTo(10);
  }

  @Test
  void flipsOneByteOfTheNextConnectionOnly() throws IOException {
    proxy.next(new TcpFault.FlipByte(TO_SERVER, 3));

    assertThat(exchange().charAt(3)).isNotEqualTo('3');
    assertThat(exchange()).isEqualTo("0123456789");
  }

  @Test
  void resetsAfterSomeBytes() throws IOException {
    proxy.always(new TcpFault.Reset(TO_CLIENT, 4));

    try (Socket socket = connect()) {
      socket.getOutputStream().write(SENT);
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getInputStream().readAllBytes())
          .withMessageContaining("reset");
    }
    assertThat(proxy.bytesPassed(TO_CLIENT)).isEqualTo(4);
  }

  @Test
  void stallsAfterSomeBytesAndGoesOnForTheOtherDirection() throws IOException {
    proxy.next(new TcpFault.Stall(TO_CLIENT, 2));

    try (Socket socket = connect()) {
      socket.getOutputStream().write(SENT);
      assertThat(socket.getInputStream().readNBytes(2)).isEqualTo(new byte[] {'0', '1'});
      socket.setSoTimeout(50);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> socket.getInputStream().read());
    }
    assertThat(proxy.bytesPassed(TO_SERVER)).isEqualTo(10);
  }

  @Test
  void halfClosesOneDirection() throws IOException {
    proxy.next(new TcpFault.HalfClose(TO_SERVER, 5));

    try (Socket socket = connect()) {
      socket.getOutputStream().write(SENT);
      assertThat(socket.getInputStream().readAllBytes()).asString(US_ASCII).isEqualTo("01234");
    }
  }

  @Test
  void delaysAndThrottles() throws IOException {
    proxy.next(
        new TcpFault.Latency(TO_SERVER, Duration.ofMillis(20)),
        new TcpFault.Throttle(TO_CLIENT, 100));

    long start = System.nanoTime();
    assertThat(exchange()).isEqualTo("0123456789");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
  }

  @Test
  void resetsWhatIsOpen() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write('x');
      assertThat(socket.getInputStream().read()).isEqualTo('x');
      proxy.resetAll();
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> socket.getInputStream().read())
          .withMessageContaining("reset");
    }
  }

  @Test
  void forgetsOrders() throws IOException {
    proxy.next(new TcpFault.Reset(TO_SERVER, 0)).always(new TcpFault.Reset(TO_SERVER, 0)).clear();

    assertThat(exchange()).isEqualTo("0123456789");
  }

  @Test
  void freesAStalledClientWhenClosed() throws IOException {
    proxy.next(new TcpFault.Stall(TO_CLIENT, 0));

    try (Socket socket = connect()) {
      socket.getOutputStream().write(SENT);
      // The connection is accepted for sure once the server has the bytes.
      while (proxy.bytesPassed(TO_SERVER) < SENT.length) {
        Thread.onSpinWait();
      }
      proxy.close();
      assertThat(endOf(socket)).isTrue();
    }
  }

  @Test
  void refusesAmountsThatMeanNothing() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TcpFault.Reset(TO_CLIENT, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new TcpFault.Throttle(TO_CLIENT, 0));
  }

  private static boolean endOf(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private String exchange() throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(SENT);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), proxy.port());
  }

  private void serveAll() {
    while (!echo.isClosed()) {
      try (Socket socket = echo.accept()) {
        socket.getInputStream().transferTo(socket.getOutputStream());
      } catch (IOException e) {
        // The next connection may be better; a closed listener ends the loop.
      }
    }
  }
}
