package io.github.gitops4j.testkit.kubernetes;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects of an aggregated API, kept as the JSON that came.
 *
 * <p>Only what a server has to set is set, by text: it stands at the beginning of the metadata.
 * Thread-safe.
 */
final class AggregatedThings {
  private static final Pattern OBJECT =
      Pattern.compile("/apis/[^/]+/v1/namespaces/([^/]+)/things(?:/([^/]+))?");
  private static final Pattern ALL = Pattern.compile("/apis/[^/]+/v1/things");
  private static final Pattern METADATA = Pattern.compile("\"metadata\"\\s*:\\s*\\{");
  private static final String OF_SERVER =
      "\"(?:uid|resourceVersion|creationTimestamp|namespace)\"\\s*:\\s*\"[^\"]*\"";
  private static final Pattern SET_BY_SERVER =
      Pattern.compile(OF_SERVER + "\\s*,\\s*|,\\s*" + OF_SERVER);
  private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\"\\s*:\\s*\"(\\d+)\"");
  private static final Pattern UID = Pattern.compile("\"uid\"\\s*:\\s*\"([^\"]*)\"");

  private final String group;
  private final Object lock = new Object();
  private final Map<String, String> objects = new TreeMap<>();
  private long version = 1;

  AggregatedThings(String group) {
    this.group = group;
  }

  PlaneAnswer answer(String method, String path, String body) {
    Matcher object = OBJECT.matcher(path);
    synchronized (lock) {
      if (path.equals("/apis/" + group + "/v1") && method.equals("GET")) {
        return new PlaneAnswer(200, resources());
      }
      if (ALL.matcher(path).matches() && method.equals("GET")) {
        return list("");
      }
      if (!object.matches()) {
        return status(404, "NotFound");
      }
      String namespace = object.group(1) + "/";
      if (object.group(2) != null) {
        return single(method, namespace, object.group(2), body);
      }
      return switch (method) {
        case "GET" -> list(namespace);
        case "POST" -> create(namespace, body);
        default -> status(405, "MethodNotAllowed");
      };
    }
  }

  private PlaneAnswer single(String method, String namespace, String name, String body) {
    String stored = objects.get(namespace + name);
    if (method.equals("PATCH")) {
      return status(415, "UnsupportedMediaType");
    }
    if (stored == null) {
      return status(404, "NotFound");
    }
    return switch (method) {
      case "GET" -> new PlaneAnswer(200, stored);
      case "PUT" -> update(namespace, name, stored, body);
      case "DELETE" -> delete(namespace, name, stored, body);
      default -> status(405, "MethodNotAllowed");
    };
  }

  private PlaneAnswer create(String namespace, String body) {
    Matcher name = NAME.matcher(body);
    if (!name.find()) {
      return status(422, "Invalid");
    }
    if (objects.containsKey(namespace + name.group(1))) {
      return status(409, "AlreadyExists");
    }
    String made = stored(namespace, body, UUID.randomUUID().toString());
    objects.put(namespace + name.group(1), made);
    return new PlaneAnswer(201, made);
  }

  private PlaneAnswer update(String namespace, String name, String stored, String body) {
    if (isStale(VERSION, stored, body) || isStale(UID, stored, body)) {
      return status(409, "Conflict");
    }
    String made = stored(namespace, body, first(UID, stored));
    objects.put(namespace + name, made);
    return new PlaneAnswer(200, made);
  }

  /** The body of a delete may have preconditions. */
  private PlaneAnswer delete(String namespace, String name, String stored, String body) {
    if (isStale(VERSION, stored, body) || isStale(UID, stored, body)) {
      return status(409, "Conflict");
    }
    objects.remove(namespace + name);
    version++;
    return new PlaneAnswer(200, stored);
  }

  private PlaneAnswer list(String namespace) {
    StringBuilder items = new StringBuilder();
    objects.forEach(
        (key, json) -> {
          if (key.startsWith(namespace)) {
            items.append(items.length() == 0 ? "" : ",").append(json);
          }
        });
    return new PlaneAnswer(
        200,
        "{\"kind\":\"ThingList\",\"apiVersion\":\""
            + group
            + "/v1\",\"metadata\":{\"resourceVersion\":\""
            + version
            + "\"},\"items\":["
            + items
            + "]}");
  }

  private String stored(String namespace, String body, String uid) {
    String metadata =
        "\"metadata\":{\"namespace\":\"%s\",\"uid\":\"%s\",\"resourceVersion\":\"%d\","
            .formatted(namespace.replace("/", ""), uid, ++version);
    String own = "\"creationTimestamp\":\"2026-01-01T00:00:00Z\",";
    String plain = SET_BY_SERVER.matcher(body).replaceAll("");
    return METADATA.matcher(plain).replaceFirst(Matcher.quoteReplacement(metadata + own));
  }

  private static boolean isStale(Pattern field, String stored, String asked) {
    String expected = first(field, asked);
    return !expected.isEmpty() && !expected.equals(first(field, stored));
  }

  private static String first(Pattern field, String json) {
    Matcher matcher = field.matcher(json);
    return matcher.find() ? matcher.group(1) : "";
  }

  private String resources() {
    return "{\"kind\":\"APIResourceList\",\"apiVersion\":\"v1\",\"groupVersion\":\""
        + group
        + "/v1\",\"resources\":[{\"name\":\"things\",\"singularName\":\"thing\","
        + "\"namespaced\":true,\"kind\":\"Thing\","
        + "\"verbs\":[\"create\",\"delete\",\"get\",\"list\",\"update\"]}]}";
  }

  private static PlaneAnswer status(int code, String reason) {
    return new PlaneAnswer(code, ApiExchange.status(code, reason));
  }
}
