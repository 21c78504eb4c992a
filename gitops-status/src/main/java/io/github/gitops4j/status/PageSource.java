package io.github.gitops4j.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page, one file with its style and script in it, and the policy that lets a browser run
 * nothing else.
 */
final class PageSource {
  private final byte[] html;
  private final String policy;

  private PageSource(byte[] html, String policy) {
    this.html = html;
    this.policy = policy;
  }

  static PageSource load() {
    String style = resource("page.css");
    String script = resource("page.js");
    String html = resource("page.html").replace("/*style*/", style).replace("/*script*/", script);
    String policy =
        "default-src 'none'; style-src '"
            + hash(style)
            + "'; script-src '"
            + hash(script)
            + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";
    return new PageSource(html.getBytes(StandardCharsets.UTF_8), policy);
  }

  byte[] html() {
    return html;
  }

  /** Returns the content security policy. */
  String policy() {
    return policy;
  }

  private static String resource(String name) {
    try (InputStream in = PageSource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    byte[] digest = sha256(text.getBytes(StandardCharsets.UTF_8));
    return "sha256-" + Base64.getEncoder().encodeToString(digest);
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
