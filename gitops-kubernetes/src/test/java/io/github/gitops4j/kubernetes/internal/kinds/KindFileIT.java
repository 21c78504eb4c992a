package io.github.gitops4j.kubernetes.internal.kinds;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.kubernetes.ControlPlane;
import io.github.gitops4j.testkit.kubernetes.ControlPlaneExtension;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is known of kinds, beside what a running API server says of them. */
@ExtendWith(ControlPlaneExtension.class)
class KindFileIT {
  private final ControlPlane plane;
  private final List<String> different = new ArrayList<>();
  private int compared;

  KindFileIT(ControlPlane plane) {
    this.plane = plane;
  }

  @Test
  void saysOfListsAndAmountsWhatTheServerSays() {
    Mapping groups = read("/openapi/v3", "/paths");
    for (String group : groups.keys()) {
      if (group.startsWith("api")) {
        Mapping schemas = read("/openapi/v3/" + group, "/components/schemas");
        for (int i = 0; i < schemas.size(); i++) {
          compare(typeName(schemas.key(i)), (Mapping) schemas.value(i));
        }
      }
    }

    assertThat(different).isEmpty();
    assertThat(compared).isGreaterThan(500);
  }

  private void compare(String type, Mapping schema) {
    if (KindFile.has(type) && schema.get("properties").orElse(null) instanceof Mapping properties) {
      for (int i = 0; i < properties.size(); i++) {
        String field = properties.key(i);
        Mapping property = (Mapping) properties.value(i);
        FieldType known = KindFile.type(type).field(field);
        if (!field.equals("status") && !says(property).equals(says(known))) {
          different.add(type + "." + field + ": " + says(known) + ", not " + says(property));
        }
        compared++;
      }
    }
  }

  private static String says(Mapping property) {
    if (property.toJson().contains("resource.Quantity\"")
        && !property.text("type").orElse("").matches("array|object")) {
      return "QUANTITY";
    }
    return switch (property.text("x-kubernetes-list-type").orElse("")) {
      case "set" -> "SET";
      case "map" -> "KEYED_LIST" + keys(property);
      default -> "";
    };
  }

  private static String says(FieldType type) {
    return switch (type.form()) {
      case QUANTITY, SET -> type.form().name();
      case KEYED_LIST -> type.form().name() + type.keys();
      default -> "";
    };
  }

  private static List<String> keys(Mapping property) {
    List<String> keys = new ArrayList<>();
    Sequence named = (Sequence) property.get("x-kubernetes-list-map-keys").orElseThrow();
    for (int i = 0; i < named.size(); i++) {
      keys.add(((Text) named.get(i)).value());
    }
    return keys;
  }

  /** The schema has the whole package, and we the end of it. */
  private static String typeName(String schema) {
    String[] parts = schema.split("\\.", -1);
    int last = parts.length - 1;
    return last < 2 ? schema : parts[last - 2] + "." + parts[last - 1] + "." + parts[last];
  }

  private Mapping read(String path, String within) {
    byte[] body = plane.client().get(path).body().getBytes(UTF_8);
    return (Mapping) JsonReader.create().read(path, body).at(FieldPath.parse(within)).orElseThrow();
  }
}
