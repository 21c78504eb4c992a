package io.github.gitops4j.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class ServerCertificateTest {
  @Test
  void aValidOneIsForThisHostAndInTime() throws CertificateException {
    X509Certificate certificate = ServerCertificate.valid().certificate();

    certificate.checkValidity();
    assertThat(certificate.getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1");
  }

  @Test
  void anExpiredOneIsOver() {
    X509Certificate certificate = ServerCertificate.expired().certificate();

    assertThatThrownBy(certificate::checkValidity).isInstanceOf(CertificateExpiredException.class);
  }

  @Test
  void oneForAnotherHostNamesIt() throws CertificateException {
    X509Certificate certificate = ServerCertificate.forOtherHost().certificate();

    certificate.checkValidity();
    assertThat(certificate.getSubjectAlternativeNames().toString())
        .contains("other.invalid")
        .doesNotContain("127.0.0.1");
  }

  @Test
  void noTwoHaveTheSameAuthority() {
    assertThat(ServerCertificate.valid().pem()).isNotEqualTo(ServerCertificate.valid().pem());
  }
}
