package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.error.Failure;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.GitOpsException;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** One Secret that holds bytes, written by compare and set. Thread-safe. */
final class StateSecret {
  private static final FieldPath STATE = FieldPath.root().field("data").field("state");
  private static final FieldPath VERSION =
      FieldPath.root().field("metadata").field("resourceVersion");

  /** The server refuses a Secret of more than 1 MiB. */
  private static final int LARGEST = 1 << 20;

  private final ApiServer server;
  private final String namespace;
  private final String owner;
  private final Function<Failure, GitOpsException> exceptions;

  StateSecret(
      ApiServer server,
      String namespace,
      String owner,
      Function<Failure, GitOpsException> exceptions) {
    this.server = server;
    this.namespace = namespace;
    this.owner = owner;
    this.exceptions = exceptions;
  }

  /** The bytes kept, and the version of the Secret. Immutable as long as nobody changes them. */
  static final class Kept {
    private final String version;
    private final byte[] content;

    private Kept(String version, byte[] content) {
      this.version = version;
      this.content = content;
    }

    String version() {
      return version;
    }

    byte[] content() {
      return content;
    }
  }

  /** Reads a Secret; nothing if it is not there. */
  Optional<Kept> read(String name, CallContext call) {
    ApiAnswer answer = server.send(ApiRequest.get(collection() + "/" + name), call);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (!answer.isSuccess()) {
      throw exceptions.apply(answer.refusal().failureWithoutValues(place(name) + ": reading"));
    }
    try {
      Document secret = answer.document();
      byte[] packed = Base64.getDecoder().decode(text(secret, STATE));
      return Optional.of(new Kept(text(secret, VERSION), unpacked(packed)));
    } catch (IOException | IllegalArgumentException | InvalidInputException e) {
      throw exceptions.apply(
          Failure.of(
              FailureCategory.INTERNAL, place(name) + ": reading failed: it was damaged", e));
    }
  }

  /**
   * Makes a Secret that must not be there yet, or changes the given version of it.
   *
   * @return the version written
   */
  String write(String name, Optional<String> version, byte[] content, CallContext call) {
    byte[] packed = packed(content);
    if (packed.length > LARGEST) {
      throw exceptions.apply(
          Failure.of(
              FailureCategory.LIMIT_EXCEEDED,
              place(name) + ": writing failed: more than a Secret holds"));
    }
    byte[] body = secret(name, version, packed);
    ApiAnswer answer =
        server.send(
            version.isPresent()
                ? ApiRequest.put(collection() + "/" + name, body)
                : ApiRequest.post(collection(), body),
            call);
    if (answer.status() == 409) {
      throw exceptions.apply(
          Failure.of(
              FailureCategory.STALE,
              place(name) + ": writing failed: somebody else has written it"));
    }
    if (!answer.isSuccess()) {
      throw exceptions.apply(answer.refusal().failureWithoutValues(place(name) + ": writing"));
    }
    return text(answer.document(), VERSION);
  }

  String place(String name) {
    return "Secret/" + namespace + "/" + name;
  }

  private String collection() {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }

  private byte[] secret(String name, Optional<String> version, byte[] packed) {
    Mapping.Builder metadata =
        Mapping.builder()
            .put("name", Text.of(name))
            .put(
                "annotations",
                Mapping.builder().put("gitops4j.github.io/state-of", Text.of(owner)).build());
    version.ifPresent(known -> metadata.put("resourceVersion", Text.of(known)));
    Mapping data =
        Mapping.builder().put("state", Text.of(Base64.getEncoder().encodeToString(packed))).build();
    return Document.of(
            Mapping.builder()
                .put("apiVersion", Text.of("v1"))
                .put("kind", Text.of("Secret"))
                .put("type", Text.of("gitops4j.github.io/state"))
                .put("metadata", metadata.build())
                .put("data", data)
                .build())
        .canonicalJson();
  }

  private static String text(Document document, FieldPath path) {
    return document
        .text(path)
        .orElseThrow(() -> new IllegalArgumentException(path + " is missing"));
  }

  private static byte[] packed(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return zip.readAllBytes();
    }
  }
}
