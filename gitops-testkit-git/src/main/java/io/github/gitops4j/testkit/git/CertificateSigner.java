package io.github.gitops4j.testkit.git;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Signs X.509 certificates with an EC key; the JDK can read them but has no way to make them. */
final class CertificateSigner {
  private static final AlgorithmIdentifier ECDSA_SHA256 =
      new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);

  private final KeyPair keys;
  private final Instant start;
  private final X500Name issuer;

  CertificateSigner(KeyPair keys, Instant start) {
    this.keys = keys;
    this.start = start;
    // Clients that keep certificates by name must not take one authority for another.
    this.issuer = new X500Name("CN=Test authority " + serial(keys.getPublic()).toString(16));
  }

  X509Certificate authority(Instant end) throws GeneralSecurityException {
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    try {
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      extensions.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return sign(issuer, keys.getPublic(), end, extensions);
  }

  X509Certificate server(PublicKey key, String dnsName, String address, Instant end)
      throws GeneralSecurityException {
    GeneralName[] names = {
      new GeneralName(GeneralName.dNSName, dnsName), new GeneralName(GeneralName.iPAddress, address)
    };
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    try {
      extensions.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      extensions.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(names));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
    return sign(new X500Name("CN=" + dnsName), key, end, extensions);
  }

  private X509Certificate sign(
      X500Name subject, PublicKey key, Instant end, ExtensionsGenerator extensions)
      throws GeneralSecurityException {
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(serial(key)));
    generator.setSignature(ECDSA_SHA256);
    generator.setIssuer(issuer);
    generator.setStartDate(new Time(Date.from(start)));
    generator.setEndDate(new Time(Date.from(end)));
    generator.setSubject(subject);
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    generator.setExtensions(extensions.generate());
    TBSCertificate content = generator.generateTBSCertificate();
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(content.getEncoded(ASN1Encoding.DER));
      ASN1EncodableVector parts = new ASN1EncodableVector();
      parts.add(content);
      parts.add(ECDSA_SHA256);
      parts.add(new DERBitString(signature.sign()));
      byte[] certificate = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /** A key is fresh each time, so its bits make a serial number that nobody else has. */
  private static BigInteger serial(PublicKey key) {
    byte[] encoded = key.getEncoded();
    return new BigInteger(1, encoded, encoded.length - 16, 16);
  }
}
