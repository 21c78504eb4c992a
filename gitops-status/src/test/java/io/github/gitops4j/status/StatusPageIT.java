package io.github.gitops4j.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.gitops4j.health.Health;
import io.github.gitops4j.testkit.InMemorySystem;
import io.github.gitops4j.testkit.InMemoryTreeSource;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser. */
class StatusPageIT {
  private static final String ENTER = "\ue007";
  private static final String ESCAPE = "\ue00c";
  private static final String DOWN = "\ue015";

  /** The least contrast of any text with what is behind it, as WCAG 2 counts it. */
  private static final String LEAST_CONTRAST =
      """
      const channel = c => { c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
      const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
      const parts = color => color.match(/[0-9.]+/g).map(Number);
      const behind = element => {
        for (let each = element; each; each = each.parentElement) {
          const color = parts(getComputedStyle(each).backgroundColor);
          if (color.length === 3 || color[3] > 0) return color;
        }
        return [255, 255, 255];
      };
      let least = 21;
      for (const element of document.querySelectorAll('body *')) {
        const isText = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (!isText || !element.offsetParent || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(element.tagName)) continue;
        const one = light(parts(getComputedStyle(element).color)), other = light(behind(element));
        least = Math.min(least, (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05));
      }
      return least.toFixed(2);
      """;

  @TempDir static Path profile;
  private static Browser browser;
  private final Services services = new Services();
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeAll
  static void startBrowser() throws Exception {
    browser = Browser.start(profile);
  }

  @AfterAll
  static void stopBrowser() throws Exception {
    browser.close();
  }

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", StatusHandler.of(StatusPage.of(services.controller)));
    server.setExecutor(executor);
    server.start();
    browser.open("about:blank");
    var unused = browser.console();
    browser.prefer("light");
    browser.size(1280, 800);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    executor.shutdownNow();
    services.close();
  }

  private void open() throws Exception {
    browser.open("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    until(() -> Long.parseLong(browser.run("return document.body.dataset.looked || 0")) > 0);
  }

  private static void until(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(condition);
  }

  private void putThree() {
    services.put("shop");
    services.putDrifted("bank");
    services.target("mill").system().reachable(InMemorySystem.Reachability.DOWN);
    services.put("mill");
    services.put("port");
    services.target("port").health(Services.key("port"), Health.DEGRADED);
    services.clock.advance(Duration.ofSeconds(1));
  }

  private String row(String name) throws Exception {
    return browser.run(
        "return [...document.querySelectorAll('#rows tr')].find(tr => tr.dataset.name === '"
            + name
            + "').textContent.replace(/\\s+/g, ' ')");
  }

  private void click(String name) throws Exception {
    browser.run(
        "[...document.querySelectorAll('#rows tr')].find(tr => tr.dataset.name === '"
            + name
            + "').click()");
  }

  @Test
  void verdictsAreShownInWordsAndWhatIsWorstComesFirst() throws Exception {
    putThree();

    open();

    assertThat(browser.count("#rows tr")).isEqualTo(4);
    assertThat(
            browser.run(
                "return [...document.querySelectorAll('#rows tr')].map(tr => tr.dataset.name)"))
        .isEqualTo("mill,port,bank,shop");
    assertThat(row("shop")).contains("in sync", "healthy", "done");
    assertThat(row("bank")).contains("out of sync", "refused", "no changes on Fridays");
    assertThat(row("mill")).contains("unknown", "failed");
    assertThat(row("port")).contains("in sync", "degraded");
    assertThat(browser.text("#chips")).contains("failing").contains("not healthy");
    assertThat(browser.console()).as("no error, no violation of the policy").isEmpty();
  }

  @Test
  void anApplicationShowsItsPlanWithTheDifferenceAndItsHistory() throws Exception {
    putThree();
    open();

    click("bank");
    until(() -> browser.text("#history").contains("began to apply"));

    assertThat(browser.text("#detail"))
        .contains("Plan of the last pass", "update", "Thing/port", "value", "9090", "80")
        .contains("Gates", "frozen", "no changes on Fridays")
        .contains("succeeded", "1 created");
    assertThat(browser.text("#detail .before")).contains("9090");
    assertThat(browser.text("#detail .after")).contains("80");
    assertThat(browser.run("return location.hash")).isEqualTo("#bank");
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void whatChangesIsShownWithoutLoadingThePageAnew() throws Exception {
    services.put("shop");
    open();
    click("shop");
    until(() -> browser.text("#history").contains("began to apply"));

    services.controller.suspend("shop");
    until(() -> row("shop").contains("left alone"));

    until(() -> browser.text("#detail").contains("suspended"));
    assertThat(browser.console()).isEmpty();
  }

  @Test
  void textCanBeReadInLightAndDark() throws Exception {
    putThree();
    open();
    click("bank");
    until(() -> browser.text("#history").contains("began to apply"));

    for (String scheme : new String[] {"light", "dark"}) {
      browser.prefer(scheme);
      assertThat(Double.parseDouble(browser.run(LEAST_CONTRAST)))
          .as("contrast of text in " + scheme)
          .isGreaterThanOrEqualTo(4.5);
    }
    assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
        .as("it is dark")
        .matches("rgb\\((\\d|[1-4]\\d), .*");
  }

  @Test
  void aThousandApplicationsAreFilteredAndSorted() throws Exception {
    services.putDrifted("bank");
    for (int each = 1000; each < 2000; each++) {
      services.put("app-" + each);
    }
    open();

    assertThat(browser.count("#rows tr")).isEqualTo(1001);
    assertThat(browser.run("return document.scrollingElement.scrollWidth <= innerWidth"))
        .isEqualTo("true");
    assertThat(browser.run("return document.querySelector('#rows tr').dataset.name"))
        .isEqualTo("bank");

    browser.run("document.querySelector('[data-chip=out]').click()");
    assertThat(browser.count("#rows tr")).isEqualTo(1);
    browser.run("document.querySelector('[data-chip=all]').click()");
    browser.press("/", "1", "9", "9");
    assertThat(browser.count("#rows tr")).isEqualTo(11);
    browser.run("document.querySelector('.c-name button').click()");
    browser.run("document.querySelector('.c-name button').click()");
    assertThat(browser.run("return document.querySelector('#rows tr').dataset.name"))
        .isEqualTo("app-1999");
  }

  @Test
  void everythingCanBeDoneWithTheKeyboard() throws Exception {
    putThree();
    open();

    browser.press("/", "o", "p", DOWN, ENTER);
    until(() -> browser.text("#detail h2").equals("shop"));
    browser.press(ESCAPE);

    assertThat(browser.run("return document.getElementById('detail').hidden")).isEqualTo("true");
    assertThat(browser.run("return document.activeElement.dataset.name")).isEqualTo("shop");
  }

  @Test
  void aNarrowWindowShowsOneThingAtATime() throws Exception {
    putThree();
    browser.size(420, 800);
    open();
    assertThat(browser.run("return document.scrollingElement.scrollWidth <= innerWidth"))
        .isEqualTo("true");

    click("shop");
    until(() -> browser.text("#detail h2").equals("shop"));

    assertThat(
            browser.run(
                "return document.getElementById('detail').getBoundingClientRect().width === innerWidth"))
        .isEqualTo("true");
  }

  @Test
  void textFromARepositoryStaysText() throws Exception {
    String hostile = "<img src=x onerror='window.hacked=1'>\u202egnp";
    InMemoryTreeSource source =
        InMemoryTreeSource.with(
            "a.yaml", Services.thing("'<script>window.hacked=1</script>'", "value: 1"));
    services.put(hostile, source);
    open();
    browser.run("document.querySelector('#rows tr').click()");
    until(() -> browser.text("#history").contains("began to apply"));

    assertThat(browser.count("#rows img, #detail img, #detail script")).isZero();
    assertThat(browser.run("return window.hacked")).isEqualTo("undefined");
    assertThat(browser.text("#detail h2")).contains("<img src=x").contains("\\u{202e}");
    assertThat(browser.console()).isEmpty();
  }
}
