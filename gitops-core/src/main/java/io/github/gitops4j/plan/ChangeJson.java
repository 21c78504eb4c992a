package io.github.gitops4j.plan;

import io.github.gitops4j.diff.FieldChange;
import io.github.gitops4j.diff.FieldValue;
import io.github.gitops4j.resource.FieldPath;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.MappingReader;
import io.github.gitops4j.resource.Null;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A field change as JSON, the same in plans and in reports.
 *
 * <p>Thread-safe.
 *
 * @since 0.1.0
 */
public final class ChangeJson {
  private ChangeJson() {}

  /** Returns a change as a JSON object; masked values stay masked. */
  public static Mapping write(FieldChange change) {
    return Mapping.builder()
        .put("path", Text.of(change.path().toString()))
        .put("before", fieldValue(change.before()))
        .put("after", fieldValue(change.after()))
        .build();
  }

  static FieldChange read(MappingReader json) {
    FieldPath path;
    try {
      path = FieldPath.parse(json.text("path"));
    } catch (IllegalArgumentException e) {
      throw json.wrong("path", "a field path: " + e.getMessage());
    }
    return new FieldChange(
        path, readFieldValue(json.object("before")), readFieldValue(json.object("after")));
  }

  private static Mapping fieldValue(FieldValue value) {
    if (value instanceof FieldValue.Shown shown) {
      return Mapping.builder().put("value", shown.value()).build();
    } else if (value instanceof FieldValue.Masked masked) {
      Value mac = masked.hmac().<Value>map(hmac -> Text.of(hmac.hex())).orElse(Null.INSTANCE);
      return Mapping.builder().put("masked", mac).build();
    } else if (value instanceof FieldValue.Hashed hashed) {
      Mapping.Builder json = Mapping.builder().put("hash", Text.of(hashed.digest().hex()));
      hashed.size().ifPresent(size -> json.put("size", Numeral.of(size)));
      return json.build();
    } else if (value instanceof FieldValue.Absent) {
      return Mapping.empty();
    }
    throw new AssertionError(value);
  }

  private static FieldValue readFieldValue(MappingReader json) {
    Optional<Value> shown = json.value("value");
    if (shown.isPresent()) {
      return new FieldValue.Shown(shown.get());
    } else if (json.names().contains("masked")) {
      boolean known = json.value("masked").orElse(Null.INSTANCE) instanceof Text;
      return new FieldValue.Masked(known ? json.optionalDigest("masked") : Optional.empty());
    } else if (json.names().contains("hash")) {
      OptionalLong size =
          json.names().contains("size")
              ? OptionalLong.of(json.number("size"))
              : OptionalLong.empty();
      return new FieldValue.Hashed(json.digest("hash"), size);
    }
    return FieldValue.Absent.INSTANCE;
  }
}
