package io.github.gitops4j.diff;

import static io.github.gitops4j.diff.DocumentDifferTest.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.resource.FieldPath;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldMergeTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          live value wins;         /a;               {a: 1, b: 2};           {a: 3, b: 4};           {"a":3,"b":2}
          absent live stays absent; /a;              {a: 1, b: 2};           {b: 4};                 {"b":2}
          undeclared is kept;      /a;               {b: 2};                 {a: {x: 3}, c: 4};      {"b":2,"a":{"x":3}}
          siblings untouched;      /m/a;             {m: {a: 1, b: 2}};      {m: {a: 3, b: 4, c: 5}}; {"m":{"a":3,"b":2}}
          parent made;             /m/a;             {b: 2};                 {m: {a: 3, c: 5}};      {"b":2,"m":{"a":3}}
          parent not made empty;   /m/a;             {b: 2};                 {m: {c: 5}};            {"b":2}
          wildcard;                /*/a;             {m: {a: 1}, o: {a: 1}}; {m: {a: 2}, o: {}};     {"m":{"a":2},"o":{}}
          by position;             /l/0;             {l: [1, 2]};            {l: [3, 4]};            {"l":[3,2]}
          by key;                  /l/[id=b]/v;       {l: [{id: b, v: 1}]};    {l: [{id: a, v: 2}, {id: b, v: 3}]}; {"l":[{"id":"b","v":3}]}
          foreign item kept;       /l/[id=s];         {l: [{id: b}]};          {l: [{id: s, v: 2}, {id: b}]}; {"l":[{"id":"b"},{"id":"s","v":2}]}
          no part of an item;      /l/*/v;           {l: [{id: b}]};          {l: [{id: b}, {id: c, v: 1}]}; {"l":[{"id":"b"}]}
          type differs;            /m/a;             {m: {a: 1, b: 2}};      {m: text};              {"m":{"b":2}}
          """)
  void keepsIgnoredFields(String what, String path, String desired, String live, String written) {
    FieldMerge merge = FieldMerge.keeping(List.of(FieldPath.parse(path)), ListKeys.NONE);
    assertThat(merge.merge(read(desired), read(live)))
        .hasValueSatisfying(result -> assertThat(result.root().toJson()).isEqualTo(written));
  }

  @ParameterizedTest
  @CsvSource({"/a, true", "/b, false"})
  void usesKnownKeys(String path, boolean kept) {
    FieldMerge merge =
        FieldMerge.keeping(List.of(FieldPath.parse("/l/*" + path)), list -> List.of("id"));
    assertThat(merge.merge(read("{l: [{id: 2, a: 1}]}"), read("{l: [{id: 1}, {id: 2, a: 7}]}")))
        .hasValueSatisfying(
            result ->
                assertThat(result.root().toJson())
                    .isEqualTo("{\"l\":[{\"id\":2,\"a\":" + (kept ? 7 : 1) + "}]}"));
  }
}
