package io.github.gitops4j.kubernetes.internal.fields;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.gitops4j.kubernetes.internal.kinds.FieldType;
import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class OwnedFieldsTest {
  private static final String DEPLOYMENT =
      """
      {"f:spec": {
        "f:replicas": {},
        "f:template": {"f:spec": {"f:containers": {
          "k:{\\"name\\":\\"web\\"}": {
            ".": {}, "f:image": {}, "f:name": {},
            "f:ports": {"k:{\\"containerPort\\":80,\\"protocol\\":\\"TCP\\"}": {".": {}, "f:containerPort": {}}}}}}}},
       "f:metadata": {"f:finalizers": {".": {}, "v:\\"example.com/keep\\"": {}}, "f:x": {"i:3": {}}}}
      """;

  @Test
  void saysWhichPlacesAreOwned() {
    assertThat(texts(owned(DEPLOYMENT)))
        .containsExactly(
            "f:spec/f:replicas",
            "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"web\"}",
            "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"web\"}/f:image",
            "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"web\"}/f:name",
            "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"web\"}/f:ports"
                + "/k:{\"containerPort\":80,\"protocol\":\"TCP\"}",
            "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"web\"}/f:ports"
                + "/k:{\"containerPort\":80,\"protocol\":\"TCP\"}/f:containerPort",
            "f:metadata/f:finalizers",
            "f:metadata/f:finalizers/v:\"example.com/keep\"",
            "f:metadata/f:x/i:3");
  }

  @Test
  void findsItemsByKeyAndByValue() {
    OwnedFields spec = owned(DEPLOYMENT).field("spec").orElseThrow();
    OwnedFields list =
        spec.field("template")
            .flatMap(found -> found.field("spec"))
            .flatMap(found -> found.field("containers"))
            .orElseThrow();
    assertThat(list.item(json("{\"image\":\"x\",\"name\":\"web\"}"))).isPresent();
    assertThat(list.item(json("{\"name\":\"side\"}"))).isEmpty();
    assertThat(list.item(Text.of("web"))).isEmpty();
    OwnedFields set =
        owned(DEPLOYMENT)
            .field("metadata")
            .flatMap(found -> found.field("finalizers"))
            .orElseThrow();
    assertThat(set.hasPlace()).isTrue();
    assertThat(set.item(Text.of("example.com/keep")).orElseThrow().isWhole()).isTrue();
    assertThat(set.item(Text.of("example.com/other"))).isEmpty();
  }

  @Test
  void saysWhetherAValueHoldsAllThatIsOwned() {
    OwnedFields owned =
        owned(
            """
            {"f:spec": {"f:replicas": {}, "f:list": {"k:{\\"name\\":\\"a\\"}": {"f:x": {}}}, "f:set": {"v:1": {}}}}
            """);
    String all = "{'spec':{'replicas':1,'list':[{'name':'b'},{'name':'a','x':2}],'set':[2,1]}}";

    assertThat(owned.isWithin(json(all.replace('\'', '"')), FieldType.UNKNOWN)).isTrue();
    for (String less :
        List.of("'replicas':1,", "'x':2", "{'name':'b'},{'name':'a','x':2}", ",1]")) {
      String changed = all.replace(less, less.equals(",1]") ? "]" : "").replace("',}", "'}");
      assertThat(owned.isWithin(json(changed.replace('\'', '"')), FieldType.UNKNOWN))
          .as(less)
          .isFalse();
    }
  }

  @Test
  void anEntryWithoutFieldsOwnsNothing() {
    OwnedFields none = OwnedFields.ofEntry((Mapping) json("{\"manager\":\"a\",\"fieldsV1\":{}}"));

    assertThat(none.isWhole()).isFalse();
    assertThat(none.field("spec")).isEmpty();
    assertThat(none.isWithin(Mapping.empty(), FieldType.UNKNOWN)).isTrue();
    assertThat(texts(none)).isEmpty();
    assertThat(texts(OwnedFields.ofPaths(List.of()))).isEmpty();
  }

  @Test
  void whatIsNoStepIsRefused() {
    for (String key : List.of("", "x", "f", "q:a", "k:[1]", "k:{", "v:", "i:x")) {
      assertThatIllegalArgumentException().as(key).isThrownBy(() -> OwnedStep.parse(key));
    }
  }

  @Property
  void aStepIsReadAsItIsWritten(@ForAll("steps") OwnedStep step) {
    assertThat(OwnedStep.parse(step.toString())).isEqualTo(step);
    assertThat(OwnedStep.parse(step.toString())).hasToString(step.toString());
  }

  @Property
  void pathsAreReadAsTheyAreWritten(@ForAll("paths") Set<List<OwnedStep>> paths) {
    OwnedFields owned = OwnedFields.ofPaths(paths);

    assertThat(paths(owned)).hasSameSizeAs(paths).containsExactlyInAnyOrderElementsOf(paths);
    assertThat(OwnedFields.ofPaths(paths(owned)).tree()).isEqualTo(owned.tree());
  }

  @Provide
  Arbitrary<OwnedStep> steps() {
    Arbitrary<String> names = Arbitraries.strings().ofMaxLength(5);
    Arbitrary<Value> values =
        Arbitraries.oneOf(
            names.map(Text::of),
            Arbitraries.longs().map(Numeral::of),
            Arbitraries.of(Bool.TRUE, Bool.FALSE));
    return Arbitraries.oneOf(
        names.map(OwnedStep.Field::new),
        Combinators.combine(names, values)
            .as((name, value) -> new OwnedStep.Key(Mapping.builder().put(name, value).build())),
        values.map(OwnedStep.Item::new),
        Arbitraries.integers().greaterOrEqual(0).map(OwnedStep.At::new));
  }

  @Provide
  Arbitrary<Set<List<OwnedStep>>> paths() {
    return steps().list().ofMinSize(1).ofMaxSize(4).set().ofMaxSize(8);
  }

  private static Set<List<OwnedStep>> paths(OwnedFields owned) {
    Set<List<OwnedStep>> paths = new HashSet<>();
    owned.forEachPath(paths::add);
    return paths;
  }

  private static List<String> texts(OwnedFields owned) {
    List<String> texts = new ArrayList<>();
    owned.forEachPath(
        path -> texts.add(String.join("/", path.stream().map(OwnedStep::toString).toList())));
    return texts;
  }

  private static OwnedFields owned(String json) {
    return OwnedFields.of((Mapping) json(json));
  }

  private static Value json(String json) {
    return JsonReader.create().read("json", json.getBytes(StandardCharsets.UTF_8)).root();
  }
}
