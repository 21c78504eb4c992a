package io.github.gitops4j.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(ControlPlaneExtension.class)
class AggregatedApiIT {
  private PlaneClient client;
  private AggregatedApi api;
  private String things;

  @BeforeEach
  void serve(ControlPlane plane, TestNamespace namespace) {
    client = plane.client();
    api = AggregatedApi.start(plane, namespace.name() + ".example.invalid");
    things = api.path(namespace);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void keepsWhatComesThroughTheApiServer() {
    PlaneAnswer made = client.post(things, thing("a", "1", ""));

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.body()).contains("\"uid\":", "\"resourceVersion\":", "\"size\": 1");
    assertThat(client.get(things + "/a").body()).isEqualTo(made.body());
    assertThat(client.get(things).body()).contains("\"ThingList\"", made.body());
    assertThat(client.post(things, thing("a", "1", "")).status()).isEqualTo(409);
  }

  @Test
  void refusesWhatIsStale() {
    String made = client.post(things, thing("a", "1", "")).body();
    String version = made.replaceAll(".*\"resourceVersion\":\"(\\d+)\".*", "$1");
    String fenced = "\"resourceVersion\": \"" + version + "\", ";

    assertThat(client.put(things + "/a", thing("a", "2", fenced)).status()).isEqualTo(200);
    assertThat(client.put(things + "/a", thing("a", "3", fenced)).status()).isEqualTo(409);
    assertThat(client.get(things + "/a").body()).contains("\"size\": 2");
    assertThat(client.delete(things + "/a").status()).isEqualTo(200);
    assertThat(client.get(things + "/a").status()).isEqualTo(404);
  }

  @Test
  void knowsNoApplyAndNoWatch() {
    assertThat(client.apply(things + "/a", "me", thing("a", "1", "")).status()).isEqualTo(415);
    assertThat(client.get(things.replaceAll("/namespaces.*", "")).body()).doesNotContain("watch");
  }

  @Test
  void canBeDownAndStillRegistered() {
    api.stop();

    assertThat(client.get(things).status()).isEqualTo(503);
  }

  private static String thing(String name, String size, String metadata) {
    return "{\"kind\": \"Thing\", \"metadata\": {%s\"name\": \"%s\"}, \"size\": %s}"
        .formatted(metadata, name, size);
  }
}
