package io.github.gitops4j.kubernetes.schema;

import io.github.gitops4j.resource.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one value of an object can be.
 *
 * <p>Immutable.
 *
 * @param dialect how the server reads it
 * @param form what it looks like
 * @param fields what an object has or a list holds
 * @param traits what else the server makes of it
 * @param rules what else is demanded of it
 */
record Schema(Dialect dialect, Form form, Fields fields, Set<Trait> traits, Rules rules) {
  /** How the server reads an object. */
  enum Dialect {
    /** Into a type of Go: null is as if it were not there. */
    BUILT_IN,
    /** By its structural schema. */
    CUSTOM
  }

  /** What else the server makes of a value. */
  enum Trait {
    NULLABLE,
    /** Fields that are not known are kept. */
    OPEN,
    /** It is an object of Kubernetes itself. */
    EMBEDDED,
    /** Items of the list are known by values of {@link Fields#keys()}, or by all if none are. */
    DISTINCT
  }

  /**
   * What an object has or a list holds.
   *
   * @param known the known fields
   * @param others what all other fields hold
   * @param items what a list holds
   * @param required the fields that have to be there
   * @param keys the fields by which items of a list are known
   */
  record Fields(
      Map<String, SchemaLink> known,
      Optional<SchemaLink> others,
      Optional<SchemaLink> items,
      List<String> required,
      List<String> keys) {}

  /**
   * What else is demanded of a value.
   *
   * @param limits of its length or size
   * @param options the values that it can have; empty if it can have any
   * @param format what its text has to be; empty if anything
   * @param junctions of other schemas
   * @param preset what the server puts there if nothing is
   */
  record Rules(
      Limits limits,
      List<Value> options,
      String format,
      List<Junction> junctions,
      Optional<Value> preset) {}

  /**
   * Other schemas of which some have to hold.
   *
   * @param sort how many
   * @param schemas the schemas
   */
  record Junction(Sort sort, List<SchemaLink> schemas) {
    /** How many have to hold. */
    enum Sort {
      ALL,
      ANY,
      ONE,
      NONE
    }
  }

  /** Returns the same that demands only some of the fields which it requires. */
  Schema requiring(Predicate<String> demanded) {
    List<String> required = fields.required().stream().filter(demanded).toList();
    Fields fewer =
        new Fields(fields.known(), fields.others(), fields.items(), required, fields.keys());
    return new Schema(dialect, form, fewer, traits, rules);
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** Says whether an object may have fields that are not known. */
  boolean isOpen() {
    boolean bare = fields.known().isEmpty() && fields.others().isEmpty();
    return is(Trait.OPEN) || form == Form.ANY || (dialect == Dialect.BUILT_IN && bare);
  }
}
