package io.github.gitops4j.kubernetes.inventory;

import io.github.gitops4j.call.CallContext;
import io.github.gitops4j.call.RetryPolicy;
import io.github.gitops4j.error.ApplyException;
import io.github.gitops4j.error.FailureCategory;
import io.github.gitops4j.error.InvalidInputException;
import io.github.gitops4j.error.InventoryException;
import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.kubernetes.internal.api.ApiAnswer;
import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.kubernetes.internal.api.ApiServer;
import io.github.gitops4j.kubernetes.internal.fields.ListPage;
import io.github.gitops4j.kubernetes.internal.fields.ServerObject;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The Secrets that hold the state of one owner. Each holds bytes, all have labels to be found by.
 *
 * <p>A write that the server may or may not have done is made again: no write here changes anything
 * the second time.
 *
 * <p>Thread-safe.
 */
final class StateSecrets {
  private static final FieldPath STATE = FieldPath.root().field("data").field("state");
  private static final FieldPath VERSION =
      FieldPath.root().field("metadata").field("resourceVersion");
  private static final String PREFIX = "gitops4j.github.io/";
  private static final String NAMES_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  /** The server refuses a Secret of more than 1 MiB. */
  private static final int LARGEST = 1 << 20;

  /** More than anything that we write comes to; a Secret may claim to unpack to a gigabyte. */
  private static final int LARGEST_UNPACKED = 64 << 20;

  private final ApiServer server;
  private final RetryPolicy retry;
  private final String namespace;
  private final StateNames names;
  private final String owner;

  StateSecrets(
      ApiServer server, RetryPolicy retry, String namespace, StateNames names, String owner) {
    this.server = server;
    this.retry = retry;
    this.namespace = StateNames.label("namespace", namespace);
    this.names = names;
    this.owner = owner;
  }

  StateNames names() {
    return names;
  }

  String owner() {
    return owner;
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

  /** Returns a watch of the head that has not begun. */
  HeadWatch watch(HeadWatches watches) {
    String label = PREFIX + "part%3D" + StatePart.HEAD.label();
    return watches.of(collection(), label, names.head());
  }

  /** Reads a Secret; nothing if it is not there. */
  Optional<Kept> read(String secret, CallContext call) {
    ApiAnswer answer = send(ApiRequest.get(path(secret)), call);
    if (answer.status() == 404) {
      return Optional.empty();
    }
    require(answer, secret, "reading");
    try {
      Document read = answer.document();
      byte[] packed = Base64.getDecoder().decode(text(read, STATE));
      return Optional.of(new Kept(text(read, VERSION), unpacked(packed)));
    } catch (IOException | IllegalArgumentException | InvalidInputException e) {
      throw damaged(secret, e);
    }
  }

  /** Makes a Secret that nobody can change, unless there is one of that name; says whether. */
  boolean create(StatePart part, String secret, byte[] content, CallContext call) {
    byte[] body = body(part, secret, Optional.empty(), content);
    return retry
        .run(() -> sent(ApiRequest.post(collection(), body), secret, call), call)
        .isPresent();
  }

  /**
   * Makes the head, or changes the given version of it.
   *
   * @return the version written; nothing if somebody has written another, which may have been an
   *     earlier attempt of this very write
   */
  Optional<String> writeHead(Optional<String> version, byte[] content, CallContext call) {
    byte[] body = body(StatePart.HEAD, names.head(), version, content);
    ApiRequest request =
        version.isPresent()
            ? ApiRequest.put(path(names.head()), body)
            : ApiRequest.post(collection(), body);
    return retry.run(() -> sent(request, names.head(), call), call);
  }

  /** Gives a Secret of an earlier version its labels, and lets nobody change it any more. */
  void seal(StatePart part, String secret, CallContext call) {
    byte[] patch =
        Document.of(
                Mapping.builder()
                    .put("metadata", Mapping.builder().put("labels", labels(part)).build())
                    .put("immutable", Bool.TRUE)
                    .build())
            .canonicalJson();
    ApiRequest request = ApiRequest.patch(path(secret), ApiRequest.MERGE_PATCH, patch);
    retry.run(() -> sent(request, secret, call), call);
  }

  /** Deletes a Secret that may be gone already. */
  void delete(String secret, CallContext call) {
    ApiRequest request = ApiRequest.delete(path(secret));
    retry.run(
        () -> {
          ApiAnswer answer = send(request, call);
          return answer.status() == 404 ? answer : require(answer, secret, "deleting");
        },
        call);
  }

  /** Returns the names of all Secrets that hold such parts. */
  List<String> names(StatePart part, CallContext call) {
    String query =
        "?labelSelector="
            + PREFIX
            + "state%3D"
            + names.head()
            + "%2C"
            + PREFIX
            + "part%3D"
            + part.label();
    ApiAnswer answer = send(ApiRequest.get(collection() + query).accepting(NAMES_ONLY), call);
    require(answer, names.head(), "listing what belongs to it");
    return ListPage.read(answer.body()).items().stream().map(ServerObject::name).toList();
  }

  String place(String secret) {
    return "Secret/" + namespace + "/" + secret;
  }

  InventoryException damaged(String secret, Exception cause) {
    return new InventoryException(
        FailureCategory.INTERNAL, place(secret) + ": reading failed: it was damaged", cause);
  }

  InventoryException gone(String secret) {
    return new InventoryException(
        FailureCategory.INTERNAL, place(secret) + ": reading failed: it is gone");
  }

  private Optional<String> sent(ApiRequest request, String secret, CallContext call) {
    ApiAnswer answer = send(request, call);
    if (answer.status() == 409) {
      return Optional.empty();
    }
    if (answer.status() == 404 && !request.method().equals("POST")) {
      throw gone(secret);
    }
    return Optional.of(text(require(answer, secret, "writing").document(), VERSION));
  }

  private ApiAnswer send(ApiRequest request, CallContext call) {
    try {
      return server.send(request, call);
    } catch (LiveStateException | ApplyException e) {
      throw new InventoryException(e.failure());
    }
  }

  private ApiAnswer require(ApiAnswer answer, String secret, String what) {
    if (!answer.isSuccess()) {
      throw new InventoryException(
          answer.refusal().failureWithoutValues(place(secret) + ": " + what));
    }
    return answer;
  }

  private String collection() {
    return "/api/v1/namespaces/" + namespace + "/secrets";
  }

  private String path(String secret) {
    return collection() + "/" + secret;
  }

  private byte[] body(StatePart part, String secret, Optional<String> version, byte[] content) {
    byte[] packed = packed(content);
    if (packed.length > LARGEST) {
      throw new InventoryException(
          FailureCategory.LIMIT_EXCEEDED,
          place(secret) + ": writing failed: more than a Secret holds");
    }
    Mapping.Builder metadata =
        Mapping.builder()
            .put("name", Text.of(secret))
            .put("labels", labels(part))
            .put("annotations", Mapping.builder().put(PREFIX + "state-of", Text.of(owner)).build());
    version.ifPresent(known -> metadata.put("resourceVersion", Text.of(known)));
    Text state = Text.of(Base64.getEncoder().encodeToString(packed));
    return Document.of(
            Mapping.builder()
                .put("apiVersion", Text.of("v1"))
                .put("kind", Text.of("Secret"))
                .put("type", Text.of(PREFIX + "state"))
                .put("immutable", part == StatePart.HEAD ? Bool.FALSE : Bool.TRUE)
                .put("metadata", metadata.build())
                .put("data", Mapping.builder().put("state", state).build())
                .build())
        .canonicalJson();
  }

  private Mapping labels(StatePart part) {
    return Mapping.builder()
        .put("app.kubernetes.io/managed-by", Text.of("gitops4j"))
        .put(PREFIX + "state", Text.of(names.head()))
        .put(PREFIX + "part", Text.of(part.label()))
        .build();
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
      byte[] content = zip.readNBytes(LARGEST_UNPACKED + 1);
      if (content.length > LARGEST_UNPACKED) {
        throw new IOException("it unpacks to more than " + LARGEST_UNPACKED + " bytes");
      }
      return content;
    }
  }
}
