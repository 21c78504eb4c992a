package io.github.gitops4j.status;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.gitops4j.control.Probe;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.source.JsonReader;
import io.github.gitops4j.testkit.InMemorySystem;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is answered to which request. */
class StatusPageTest {
  private final Services services = new Services();
  private final StatusPage page = StatusPage.of(services.controller);

  @AfterEach
  void close() {
    services.close();
  }

  private StatusResponse get(String path) {
    return page.answer(StatusRequest.get(path));
  }

  private Mapping json(String path) {
    StatusResponse response = get(path);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("Content-Type", "application/json");
    return (Mapping) JsonReader.create().read(path, response.body()).root();
  }

  private static List<String> names(Mapping list) {
    Sequence applications = (Sequence) list.get("applications").orElseThrow();
    return IntStream.range(0, applications.size())
        .mapToObj(each -> ((Mapping) applications.get(each)).text("name").orElseThrow())
        .toList();
  }

  @Test
  void thePageLoadsNothingFromElsewhereAndRunsOnlyItsOwnScript() {
    StatusResponse response = get("/");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("Content-Type", "text/html; charset=utf-8")
        .containsEntry("X-Content-Type-Options", "nosniff");
    assertThat(response.headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; style-src 'sha256-")
        .contains("script-src 'sha256-")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(response.text())
        .doesNotContain("http://", "https://", "src=", "@import", "url(", "innerHTML", "/*style*/")
        .doesNotContain("/*script*/");
    assertThat(get("").text()).isEqualTo(response.text());
  }

  @Test
  void applicationsAreListedByName() {
    services.put("shop");
    services.putDrifted("bank");
    services.target("mill").system().reachable(InMemorySystem.Reachability.DOWN);
    services.put("mill");

    Mapping list = json("/api/applications");

    assertThat(names(list)).containsExactly("bank", "mill", "shop");
    assertThat(get("/api/applications").text())
        .contains("\"sync\":\"OUT_OF_SYNC\"", "\"why\":\"frozen: no changes on Fridays\"")
        .contains("\"result\":\"FAILED\"", "\"health\":\"UNKNOWN\"", "BACKING_OFF");
  }

  @Test
  void aLongListIsGivenInParts() {
    for (int each = 100; each < 130; each++) {
      services.put("app-" + each);
    }

    Mapping part = json("/api/applications?offset=10&limit=5");

    assertThat(part.get("total")).contains(Numeral.of(30));
    assertThat(names(part)).containsExactly("app-110", "app-111", "app-112", "app-113", "app-114");
    assertThat(names(json("/api/applications?offset=29"))).containsExactly("app-129");
    assertThat(names(json("/api/applications?offset=99"))).isEmpty();
    assertThat(names(json("/api/applications?limit=0"))).hasSize(1);
    for (String wrong : List.of("offset=-1", "limit=x", "limit=99999999999")) {
      assertThat(get("/api/applications?" + wrong).status()).isEqualTo(400);
    }
  }

  @Test
  void anApplicationIsShownWithItsPlanAndWhatItDiffersIn() {
    services.putDrifted("bank");

    StatusResponse response = get("/api/applications/bank");

    assertThat(response.text())
        .startsWith("{\"application\":{")
        .contains("\"format\":\"gitops4j.report/1\"", "\"kind\":\"UPDATE\"")
        .contains("\"before\":{\"value\":9090}", "\"after\":{\"value\":80}");
    assertThat(json("/api/applications/bank").keys()).containsExactly("application", "report");
  }

  @Test
  void theHistoryOfAnApplicationIsShown() {
    services.put("shop");

    assertThat(get("/api/applications/shop/history").text())
        .contains("\"type\":\"ended\"", "\"type\":\"began\"", "\"author\"");
    assertThat(get("/api/applications/shop/history?limit=1").text())
        .contains("\"type\":\"ended\"")
        .doesNotContain("\"type\":\"began\"");
  }

  @Test
  void whatIsSecretIsNotShown() {
    String secret = "hunter2-and-more";
    InMemoryTreeSource source =
        InMemoryTreeSource.with(
            "a.yaml",
            Services.thing("key", "password: " + secret)
                + "gitops: {sensitive: [/spec/password]}\n");
    services.put("shop", source);
    source.commit(
        "rotate",
        files ->
            files.put(
                "a.yaml",
                Services.thing("key", "password: other-" + secret)
                    + "gitops: {sensitive: [/spec/password]}\n"));
    services.clock.advance(Duration.ofMinutes(2));

    for (String path : List.of("", "/history")) {
      assertThat(get("/api/applications/shop" + path).text()).doesNotContain("hunter2");
    }
  }

  @Test
  void aNameMayHoldAnything() {
    String name = "a/b c+<d>&\"%2F\u202e";
    services.put(name);

    String encoded = URLEncoder.encode(name, UTF_8).replace("+", "%20");
    assertThat(get("/api/applications/" + encoded).status()).isEqualTo(200);
    assertThat(get("/api/applications/" + encoded + "/history").text()).contains("began");
    assertThat(get("/").text()).doesNotContain("<d>");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    for (String path :
        List.of(
            "/x",
            "/api",
            "/api/applications/",
            "/api/applications/nobody",
            "/api/applications/nobody/history",
            "/../etc/passwd")) {
      assertThat(get(path).status()).as(path).isEqualTo(404);
    }
    assertThat(get("/api/applications/%zz").status()).isEqualTo(400);
  }

  @Test
  void nothingCanBeChanged() {
    services.put("shop");
    for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
      StatusResponse response =
          page.answer(new StatusRequest(method, "/api/applications/shop", "", Optional.empty()));
      assertThat(response.status()).isEqualTo(405);
      assertThat(response.headers()).containsEntry("Allow", "GET, HEAD");
    }
  }

  @Test
  void whoHasItIsNotSentItAgain() {
    services.put("shop");
    StatusResponse first = get("/api/applications");
    Optional<String> tag = Optional.ofNullable(first.headers().get("ETag"));

    StatusResponse same = page.answer(new StatusRequest("GET", "/api/applications", "", tag));
    assertThat(same.status()).isEqualTo(304);
    assertThat(same.body()).isEmpty();

    services.put("bank");
    StatusResponse other = page.answer(new StatusRequest("GET", "/api/applications", "", tag));
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void aHeadHasNoBody() {
    StatusResponse head = page.answer(new StatusRequest("HEAD", "/", "", Optional.empty()));

    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers()).containsKey("ETag");
  }

  @Test
  void probesAreAnswered() {
    assertThat(get("/healthz").text()).isEqualTo("ok\n");
    assertThat(get("/readyz").status()).isEqualTo(200);

    StatusPage waiting = page.ready(() -> new Probe(List.of("not yet")));
    StatusResponse response = waiting.answer(StatusRequest.get("/readyz"));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.text()).isEqualTo("not yet\n");

    services.close();
    assertThat(get("/healthz").status()).isEqualTo(503);
  }
}
