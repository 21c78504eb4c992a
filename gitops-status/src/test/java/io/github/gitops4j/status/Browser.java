package io.github.gitops4j.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.gitops4j.resource.Bool;
import io.github.gitops4j.resource.Document;
import io.github.gitops4j.resource.Mapping;
import io.github.gitops4j.resource.Numeral;
import io.github.gitops4j.resource.Sequence;
import io.github.gitops4j.resource.Text;
import io.github.gitops4j.resource.Value;
import io.github.gitops4j.source.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A Chromium without a window, driven through the WebDriver protocol of chromedriver. */
final class Browser implements AutoCloseable {
  private static final Pattern STARTED = Pattern.compile(".*started successfully on port (\\d+).*");
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process driver;
  private final String base;
  private final String session;

  private Browser(Process driver, int port, Path profile) throws Exception {
    this.driver = driver;
    this.base = "http://127.0.0.1:" + port;
    Sequence.Builder arguments = Sequence.builder();
    for (String argument :
        new String[] {
          "--headless=new",
          "--no-sandbox",
          "--disable-dev-shm-usage",
          "--window-size=1280,800",
          "--user-data-dir=" + profile
        }) {
      arguments.add(Text.of(argument));
    }
    Mapping wanted =
        Mapping.builder()
            .put("goog:chromeOptions", Mapping.builder().put("args", arguments.build()).build())
            .put("goog:loggingPrefs", Mapping.builder().put("browser", Text.of("ALL")).build())
            .build();
    Mapping capabilities = Mapping.builder().put("alwaysMatch", wanted).build();
    Mapping answer =
        (Mapping) post("/session", Mapping.builder().put("capabilities", capabilities).build());
    this.session = "/session/" + answer.text("sessionId").orElseThrow();
  }

  static Browser start(Path profile) throws Exception {
    Process driver =
        new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    return new Browser(driver, port(driver), profile);
  }

  @SuppressWarnings("resource") // The output goes on as long as the process does.
  private static int port(Process driver) throws IOException {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), UTF_8));
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.matches()) {
        return Integer.parseInt(started.group(1));
      }
    }
    throw new IOException("chromedriver did not start");
  }

  private Value post(String path, Mapping body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(Document.of(body).canonicalJson()))
            .build();
    HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    Mapping answer = (Mapping) JsonReader.create().read(path, response.body()).root();
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + answer);
    }
    return answer.get("value").orElseThrow();
  }

  void open(String url) throws Exception {
    post(session + "/url", Mapping.builder().put("url", Text.of(url)).build());
  }

  /** Runs a script and returns what it returns, as text. */
  String run(String script) throws Exception {
    Value value =
        post(
            session + "/execute/sync",
            Mapping.builder()
                .put("script", Text.of("return String((() => {" + script + "})())"))
                .put("args", Sequence.empty())
                .build());
    return ((Text) value).value();
  }

  /** Returns the text of what a selector finds first; empty text if that is nothing. */
  String text(String selector) throws Exception {
    return run("return document.querySelector('" + selector + "')?.innerText ?? ''");
  }

  int count(String selector) throws Exception {
    return Integer.parseInt(run("return document.querySelectorAll('" + selector + "').length"));
  }

  /** Presses and releases keys one after the other. */
  void press(String... keys) throws Exception {
    Sequence.Builder actions = Sequence.builder();
    for (String key : keys) {
      for (String type : new String[] {"keyDown", "keyUp"}) {
        actions.add(
            Mapping.builder().put("type", Text.of(type)).put("value", Text.of(key)).build());
      }
    }
    Mapping keyboard =
        Mapping.builder()
            .put("type", Text.of("key"))
            .put("id", Text.of("keyboard"))
            .put("actions", actions.build())
            .build();
    post(session + "/actions", Mapping.builder().put("actions", Sequence.of(keyboard)).build());
  }

  /** Makes the page believe that its reader likes it light or dark. */
  void prefer(String scheme) throws Exception {
    Mapping feature =
        Mapping.builder()
            .put("name", Text.of("prefers-color-scheme"))
            .put("value", Text.of(scheme))
            .build();
    chrome(
        "Emulation.setEmulatedMedia",
        Mapping.builder().put("features", Sequence.of(feature)).build());
  }

  void size(int width, int height) throws Exception {
    chrome(
        "Emulation.setDeviceMetricsOverride",
        Mapping.builder()
            .put("width", Numeral.of(width))
            .put("height", Numeral.of(height))
            .put("deviceScaleFactor", Numeral.of(1))
            .put("mobile", Bool.of(false))
            .build());
  }

  private void chrome(String command, Mapping parameters) throws Exception {
    post(
        session + "/goog/cdp/execute",
        Mapping.builder().put("cmd", Text.of(command)).put("params", parameters).build());
  }

  /**
   * Returns what the console was told since it was asked last: errors, violations of the policy.
   */
  List<String> console() throws Exception {
    Mapping which = Mapping.builder().put("type", Text.of("browser")).build();
    Sequence entries = (Sequence) post(session + "/se/log", which);
    return IntStream.range(0, entries.size())
        .mapToObj(each -> ((Mapping) entries.get(each)).text("message").orElseThrow())
        .toList();
  }

  @Override
  public void close() throws Exception {
    try {
      client.send(
          HttpRequest.newBuilder(URI.create(base + session)).timeout(LIMIT).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    } finally {
      driver.destroy();
      driver.waitFor();
    }
  }
}
