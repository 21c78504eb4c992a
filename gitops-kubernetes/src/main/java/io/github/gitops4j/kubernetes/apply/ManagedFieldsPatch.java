package io.github.gitops4j.kubernetes.apply;

import io.github.gitops4j.kubernetes.internal.api.ApiRequest;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;

/** Says anew who wrote what, of one version of an object. */
final class ManagedFieldsPatch {
  private ManagedFieldsPatch() {}

  static ApiRequest of(String path, String resourceVersion, Value managers) {
    Sequence patch =
        Sequence.of(
            step("replace", "/metadata/managedFields", managers),
            step("replace", "/metadata/resourceVersion", Text.of(resourceVersion)));
    return ApiRequest.patch(path, ApiRequest.JSON_PATCH, Document.of(patch).canonicalJson());
  }

  private static Mapping step(String op, String path, Value value) {
    return Mapping.builder()
        .put("op", Text.of(op))
        .put("path", Text.of(path))
        .put("value", value)
        .build();
  }
}
