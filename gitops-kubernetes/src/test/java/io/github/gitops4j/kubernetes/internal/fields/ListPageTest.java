package io.github.gitops4j.kubernetes.internal.fields;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.gitops4j.error.LiveStateException;
import io.github.gitops4j.resource.FieldPath;
import org.junit.jupiter.api.Test;

class ListPageTest {
  private static final ManagerName OURS = ManagerName.of("shop");
  private static final String FIRST =
      "{\"metadata\":{\"name\":\"a\",\"namespace\":\"n\"},\"data\":{\"k\":\"ü\"}}";
  private static final String SECOND = "{\"metadata\":{\"name\":\"b\"},\"data\":{\"k\":\"2\"}}";

  private static ListPage read(String json) {
    return ListPage.read(json.getBytes(UTF_8));
  }

  private static ListPage page(String items) {
    return read(
        "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"9\",\"continue\":\"next\"},"
            + "\"items\":"
            + items
            + "}");
  }

  @Test
  void itsItemsAreAsIfEachWereReadAlone() {
    ListPage page = page("[" + FIRST + "," + SECOND + "]");
    assertThat(page.version()).isEqualTo("9");
    assertThat(page.more()).isEqualTo("next");
    assertThat(page.items()).extracting(ServerObject::name).containsExactly("a", "b");
    assertThat(page.items())
        .extracting(item -> item.digest(OURS))
        .containsExactly(
            ServerObject.read(FIRST.getBytes(UTF_8)).digest(OURS),
            ServerObject.read(SECOND.getBytes(UTF_8)).digest(OURS));
    assertThat(page.items().get(1).tree().document().text(FieldPath.parse("/data/k")))
        .contains("2");
  }

  @Test
  void nothingMayBeNull() {
    assertThat(page("null").items()).isEmpty();
    assertThat(page("[]").items()).isEmpty();
  }

  @Test
  void whatIsNoListIsSaid() {
    assertThatThrownBy(() -> read("{}")).isInstanceOf(LiveStateException.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(LiveStateException.class);
    assertThatThrownBy(() -> page("[" + FIRST + ",")).isInstanceOf(LiveStateException.class);
  }
}
