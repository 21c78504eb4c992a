package io.github.gitops4j.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Instant;

/**
 * A commit or tag, taken apart into what was signed and the signature.
 *
 * @param payload the bytes that were signed, one for one in ISO 8859-1
 * @param signature its armored text
 * @param time when it was made, as it says itself
 */
record SignedObject(String payload, String signature, Instant time) {
  static final String SSH = "-----BEGIN SSH SIGNATURE-----";
  static final String PGP = "-----BEGIN PGP ";
  private static final String HEADER = "gpgsig ";

  byte[] bytes() {
    return payload.getBytes(ISO_8859_1);
  }

  /** Takes a commit apart: its signature is one header, whose later lines begin with a space. */
  static SignedObject commit(byte[] raw, Instant time) throws UntrustedException {
    String text = new String(raw, ISO_8859_1);
    StringBuilder payload = new StringBuilder(text.length());
    StringBuilder signature = new StringBuilder();
    int headers = 0;
    boolean within = false;
    int at = 0;
    while (at < text.length() && text.charAt(at) != '\n') {
      int end = text.indexOf('\n', at) + 1;
      String line = text.substring(at, end == 0 ? text.length() : end);
      boolean begins = line.startsWith(HEADER);
      within = begins || (within && line.startsWith(" "));
      headers += begins ? 1 : 0;
      if (within) {
        signature.append(line, begins ? HEADER.length() : 1, line.length());
      } else {
        payload.append(line);
      }
      at += line.length();
    }
    payload.append(text, at, text.length());
    if (headers != 1) {
      throw new UntrustedException(headers == 0 ? "it is not signed" : "it has two signatures");
    }
    return new SignedObject(payload.toString(), signature.toString(), time);
  }

  /** Takes a tag apart: its signature is the end of its message. */
  static SignedObject tag(byte[] raw, Instant time) throws UntrustedException {
    String text = new String(raw, ISO_8859_1);
    int found = Math.max(text.lastIndexOf("\n" + SSH), text.lastIndexOf("\n" + PGP + "SIGNATURE"));
    if (found < 0) {
      throw new UntrustedException("it is not signed");
    }
    return new SignedObject(text.substring(0, found + 1), text.substring(found + 1), time);
  }
}
