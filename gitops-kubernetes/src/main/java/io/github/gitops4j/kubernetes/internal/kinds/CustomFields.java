package io.github.gitops4j.kubernetes.internal.kinds;

import io.github.gitops4j.kubernetes.internal.kinds.FieldType.Absence;
import io.github.gitops4j.kubernetes.internal.kinds.FieldType.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fields of custom kinds. These take over names from Pods, with what they mean; of all else the
 * server keeps what is written.
 */
final class CustomFields {
  private static final Map<String, FieldType> FIELDS = fields();

  private CustomFields() {}

  static FieldType field(String name) {
    return FIELDS.getOrDefault(name, FieldType.UNKNOWN);
  }

  private static Map<String, FieldType> fields() {
    Map<String, FieldType> fields = new HashMap<>();
    FieldType list = FieldType.of(Form.KEYED_LIST, Absence.COUNTS, List.of());
    for (String name :
        List.of(
            "containers",
            "initContainers",
            "ephemeralContainers",
            "volumes",
            "env",
            "imagePullSecrets")) {
      fields.put(name, list.with(List.of("name"), FieldType.UNKNOWN));
    }
    fields.put("volumeMounts", list.with(List.of("mountPath"), FieldType.UNKNOWN));
    FieldType amounts =
        FieldType.of(Form.MAP, Absence.COUNTS, List.of())
            .with(List.of(), FieldType.of(Form.QUANTITY, Absence.COUNTS, List.of()));
    fields.put("limits", amounts);
    fields.put("requests", amounts);
    fields.put(
        "metadata",
        FieldType.of(Form.STRUCT, Absence.MEANS_ZERO, List.of()).named("meta.v1.ObjectMeta"));
    return Map.copyOf(fields);
  }
}
