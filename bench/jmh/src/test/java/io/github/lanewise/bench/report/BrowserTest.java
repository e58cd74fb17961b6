package io.github.lanewise.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The page in headless Chromium, as the system installed it (Debian: {@code chromium} and {@code
 * chromium-driver}); nothing is downloaded. Where it is absent the test is skipped and says so.
 *
 * <p>{@code -Dlanewise.screenshot=PREFIX} keeps what a desk and a phone see of the README's
 * results, light and dark; {@code -Dlanewise.results=A.json,B.json} shows others.
 */
class BrowserTest {
  /** Series that ECharts has really drawn, by the element of the chart. */
  private static final String DRAWN =
      """
      return Object.fromEntries([...document.querySelectorAll('.chart')].map(e => {
        const chart = echarts.getInstanceByDom(e);
        const series = chart.getOption().series.filter(s => s.data.length > 0);
        return [e.id, e.querySelector('svg path') ? series.length : 0];
      }));""";

  @TempDir private Path folder;
  private ChromeDriver browser;

  private static File program(String... names) {
    return Stream.of(names)
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                    .map(path -> new File(path, name)))
        .filter(File::canExecute)
        .findFirst()
        .orElse(null);
  }

  @BeforeEach
  void start() throws IOException {
    File chromium = program("chromium", "chromium-browser", "google-chrome");
    File driver = program("chromedriver");
    String reason = "skipped: no chromium and chromedriver on the PATH, the page was not rendered";
    if (chromium == null || driver == null) {
      System.out.println("BrowserTest " + reason);
    }
    assumeTrue(chromium != null && driver != null, reason);

    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium);
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + Files.createDirectory(folder.resolve("profile")));
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(driver).build();
    browser = new ChromeDriver(service, options);
    browser.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
  }

  @AfterEach
  void quit() {
    if (browser != null) {
      browser.quit();
    }
  }

  private void open(Report report) throws IOException {
    browser.get(ReportPage.write(report, folder.resolve("page")).toUri().toString());
  }

  private List<String> console() {
    return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  @SuppressWarnings("unchecked")
  private Map<String, Long> drawn() {
    return (Map<String, Long>) browser.executeScript(DRAWN);
  }

  @Test
  void everyChartIsDrawnWithAllItsSeries() throws IOException {
    Report report = Made.everything();
    open(report);

    assertThat(console()).isEmpty();
    Map<String, Long> drawn = drawn();
    List<Chart> charts = ReportPage.page(report).charts();
    assertThat(drawn).hasSameSizeAs(charts);
    for (Chart chart : charts) {
      assertThat(drawn).containsEntry(chart.id(), (long) chart.series());
    }
  }

  @Test
  void aComparisonIsDrawn() throws IOException {
    Row old = Made.product("lanewise", "NN", "64x64x64", 100.0, 101.0, 102.0);
    Row now = Made.product("lanewise", "NN", "64x64x64", 200.0, 201.0, 202.0);
    Report before = Report.of(List.of(old), null);
    Report after = Report.of(List.of(now), null);
    Comparison comparison = new Comparison(before, after, new Comparison.Rule(0.99, 0.05, false));
    Path file = folder.resolve("compare.html");
    Files.writeString(file, ComparePage.page(before, after, comparison).html());
    browser.get(file.toUri().toString());

    assertThat(console()).isEmpty();
    assertThat(drawn()).isEqualTo(Map.of("changed", 1L));
  }

  @Test
  void aPhoneNeedsNoSidewaysScrolling() throws IOException {
    emulate(Map.of("width", 390, "height", 844, "deviceScaleFactor", 1, "mobile", true));
    open(Made.everything());

    assertThat(browser.executeScript("return document.documentElement.scrollWidth"))
        .isEqualTo(390L);
    assertThat(console()).isEmpty();
  }

  private void emulate(Map<String, Object> metrics) {
    browser.executeCdpCommand("Emulation.setDeviceMetricsOverride", metrics);
  }

  @Test
  void darkIsDark() throws IOException {
    String ground = "return getComputedStyle(document.body).backgroundColor";
    open(Made.everything());
    Object light = browser.executeScript(ground);
    prefer("dark");

    assertThat(light).isEqualTo("rgb(255, 255, 255)");
    assertThat(browser.executeScript(ground)).isEqualTo("rgb(20, 23, 26)");
    assertThat(console()).isEmpty();
  }

  @Test
  void theCommittedResultsAreDrawn() throws IOException {
    Report report = shown();
    open(report);

    assertThat(console()).isEmpty();
    assertThat(drawn())
        .hasSize((int) ReportPage.page(report).charts().stream().filter(Chart::drawn).count())
        .hasSizeGreaterThan(6)
        .doesNotContainValue(0L);
    String keep = System.getProperty("lanewise.screenshot");
    if (keep != null) {
      keep(keep, "desk", 1200);
      keep(keep, "phone", 390);
    }
  }

  /** The README's results, or those that are named. */
  private static Report shown() throws IOException {
    String named = System.getProperty("lanewise.results");
    return named == null
        ? new Readme(Files.readString(Made.ROOT.resolve("README.md")), Made.ROOT).report()
        : Results.read(Stream.of(named.split(",")).map(Path::of).toList());
  }

  /** The whole page, light and dark. */
  private void keep(String prefix, String who, int width) throws IOException {
    for (String scheme : List.of("light", "dark")) {
      prefer(scheme);
      emulate(Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 500));
      Object height = browser.executeScript("return document.documentElement.scrollHeight");
      emulate(
          Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
      Files.write(
          Path.of(prefix + "-" + who + "-" + scheme + ".png"),
          browser.getScreenshotAs(OutputType.BYTES));
    }
  }

  private void prefer(String scheme) {
    browser.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }
}
