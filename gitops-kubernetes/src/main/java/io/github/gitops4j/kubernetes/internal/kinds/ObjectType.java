package io.github.gitops4j.kubernetes.internal.kinds;

import java.util.Map;

/**
 * The fields of an object of a type that Kubernetes defines.
 *
 * @param fields those about which there is something to say
 */
record ObjectType(Map<String, FieldType> fields) {
  ObjectType {
    fields = Map.copyOf(fields);
  }

  /** Returns the type of a field. One that is not known is of a later version, and like most. */
  FieldType field(String name) {
    return fields.getOrDefault(name, FieldType.PLAIN);
  }
}
