package io.github.gitops4j.testkit.forge;

import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Map;

/**
 * What a fake host answers.
 *
 * @param status the status
 * @param body the body
 * @param headers headers beside it
 */
record ForgeReply(int status, Value body, Map<String, String> headers) {
  static ForgeReply of(int status, Value body) {
    return new ForgeReply(status, body, Map.of());
  }

  static ForgeReply refused(int status, String message) {
    return of(status, Mapping.builder().put("message", Text.of(message)).build());
  }

  /** Returns one page of a list, and says whether there is another one. */
  static ForgeReply page(List<Mapping> all, int page, int size) {
    Sequence.Builder items = Sequence.builder();
    all.stream().skip((long) (page - 1) * size).limit(size).forEach(items::add);
    return new ForgeReply(
        200,
        items.build(),
        page * size < all.size()
            ? Map.of("Link", "<http://elsewhere.invalid/?page=" + (page + 1) + ">; rel=\"next\"")
            : Map.of());
  }
}
