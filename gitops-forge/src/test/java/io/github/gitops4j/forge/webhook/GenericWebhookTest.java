package io.github.gitops4j.forge.webhook;

import static io.github.gitops4j.forge.webhook.Sent.AFTER;
import static io.github.gitops4j.forge.webhook.Sent.BEFORE;
import static io.github.gitops4j.forge.webhook.Sent.KEY;
import static io.github.gitops4j.forge.webhook.Sent.SECRET;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.testkit.ManualClock;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Deliveries that somebody makes. */
class GenericWebhookTest {
  private static final String LOOK = "{\"repository\": \"https://git.example.com/acme/shop\"}";

  private final ManualClock clock = ManualClock.create();
  private final long now = clock.instant().getEpochSecond();
  private final Webhook hmac = Sent.webhook(Provider.GENERIC_HMAC, SECRET).build();
  private final Webhook standard = Sent.webhook(Provider.STANDARD_WEBHOOKS, KEY).build();

  private static Sent signed(String algorithm, String name, String body) {
    byte[] bytes = body.getBytes(UTF_8);
    byte[] code = Sent.hmac(algorithm, SECRET.getBytes(UTF_8), bytes);
    return Sent.of(bytes).header("X-Signature", name + "=" + HexFormat.of().formatHex(code));
  }

  private Verdict.Push push(String body) {
    return (Verdict.Push) signed("HmacSHA256", "sha256", body).to(hmac);
  }

  @Test
  void aRepositoryAloneSaysLook() {
    Verdict.Push push = push(LOOK);

    assertThat(push.updates()).isEmpty();
    assertThat(push.repositories().matches("git@git.example.com:acme/shop.git")).isTrue();
    assertThat(push("{}").repositories().addresses()).isEmpty();
  }

  @Test
  void aRefMayBeNamed() {
    for (String body :
        List.of(
            Sent.push("refs/heads/main", BEFORE, AFTER, ""),
            "{\"data\": " + Sent.push("refs/heads/main", BEFORE, AFTER, "") + "}",
            "{\"ref\": \"refs/heads/main\", \"after\": \""
                + AFTER
                + "\", \"repository\": \"https://git.example.com/acme/shop\"}")) {
      Verdict.Push push = push(body);
      assertThat(push.updates()).extracting(RefUpdate::shortRef).containsExactly("main");
      assertThat(push.repositories().addresses()).containsExactly("git.example.com/acme/shop");
    }
  }

  @Test
  void strongAlgorithmsAreGoodAndNoOthers() {
    assertThat(signed("HmacSHA384", "sha384", LOOK).to(hmac).httpStatus()).isEqualTo(200);
    assertThat(signed("HmacSHA512", "SHA512", LOOK).to(hmac).httpStatus()).isEqualTo(200);
    assertThat(signed("HmacSHA1", "sha1", LOOK).to(hmac).httpStatus()).isEqualTo(401);
    assertThat(signed("HmacMD5", "md5", LOOK).to(hmac).httpStatus()).isEqualTo(401);
    assertThat(signed("HmacSHA256", "sha512", LOOK).to(hmac).httpStatus()).isEqualTo(401);
    for (String wrong : List.of("", "=", "sha256", "sha256=", "sha256=0", "none=", "sha256=zz")) {
      assertThat(signed("HmacSHA256", "sha256", LOOK).header("X-Signature", wrong).to(hmac))
          .as(wrong)
          .isInstanceOf(Verdict.Refused.class);
    }
    assertThat(signed("HmacSHA256", "sha256", "[]").to(hmac).httpStatus()).isEqualTo(400);
  }

  private Sent standard(String id) {
    return Sent.of(LOOK.getBytes(UTF_8)).standard(KEY, id, now);
  }

  @Test
  void standardWebhooksAreVerifiedOverIdTimeAndBody() {
    assertThat(standard("one").to(standard).verified())
        .contains(new Delivery(Provider.STANDARD_WEBHOOKS, "push", "one"));
    assertThat(standard("one").to(standard).message()).startsWith("duplicate");
    assertThat(standard("two").header("webhook-id", "three").to(standard).httpStatus())
        .isEqualTo(401);
    Webhook later =
        Sent.webhook(Provider.STANDARD_WEBHOOKS, KEY)
            .clock(() -> clock.instant().plusSeconds(301))
            .build();
    assertThat(standard("four").to(later).httpStatus()).isEqualTo(401);
    Webhook bare = Sent.webhook(Provider.STANDARD_WEBHOOKS, KEY.substring(6)).build();
    assertThat(standard("five").to(bare).httpStatus()).isEqualTo(200);
  }

  @Test
  void aPublicKeyVerifiesToo() throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = pair.getPublic().getEncoded();
    byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    String key = "whpk_" + Base64.getEncoder().encodeToString(raw);
    Webhook webhook = Sent.webhook(Provider.STANDARD_WEBHOOKS, key).build();
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(pair.getPrivate());
    signer.update(("one." + now + "." + LOOK).getBytes(UTF_8));
    String good = Base64.getEncoder().encodeToString(signer.sign());

    assertThat(standard("one").to(webhook).httpStatus()).as("by another key").isEqualTo(401);
    Sent sent = standard("one");
    for (String wrong :
        List.of("v1," + good, "v1a,", "v1a,AAAA", "v1a," + "A".repeat(86) + "==", "v1a,%")) {
      assertThat(sent.header("webhook-signature", wrong).to(webhook).httpStatus())
          .as(wrong)
          .isEqualTo(401);
    }
    assertThat(sent.header("webhook-signature", "v1,AAAA v1a," + good).to(webhook).httpStatus())
        .isEqualTo(200);
  }

  @Test
  void aKeyThatIsMalformedIsAnErrorOfTheConfiguration() {
    for (String wrong : List.of("whsec_", "whsec_%%%", "whpk_AAAA", "whpk_%%%", "no base64 %%%")) {
      assertThatThrownBy(() -> Sent.webhook(Provider.STANDARD_WEBHOOKS, wrong).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("%%%");
    }
  }

  /** Any text of letters and digits is Base64, and the specification asks for 24 to 64 bytes. */
  @Test
  void aPasswordIsNoKeyAlthoughItIsBase64() {
    for (String wrong : List.of("correcthorsebattery12345", key(23), key(65))) {
      assertThatThrownBy(() -> Sent.webhook(Provider.STANDARD_WEBHOOKS, wrong).build())
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "a signing token is expected as whsec_ and Base64, and this secret is not so");
    }
    for (String right : List.of(key(24), key(64), "whsec_" + key(11), "whsec_" + key(65))) {
      assertThat(Sent.webhook(Provider.STANDARD_WEBHOOKS, right).build()).isNotNull();
    }
  }

  private static String key(int bytes) {
    return Base64.getEncoder().encodeToString(new byte[bytes]);
  }
}
