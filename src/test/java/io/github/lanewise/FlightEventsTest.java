package io.github.lanewise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the flight recorder sees of requests: nothing, unless asked, and then only slow ones. */
class FlightEventsTest {
  private static final String REQUEST = "io.github.lanewise.Request";

  /** A number of inputs that no other test's network has, who may run meanwhile. */
  private static final int IN = 29;

  private static final int OUT = 7;
  private static final int MAX_BATCH = 4;

  @TempDir private Path folder;

  private final Network network =
      Network.builder(IN).dense(11, Activation.RELU).dense(OUT, Activation.IDENTITY).build(1);
  private final Workspace workspace = Workspace.forInference(network, MAX_BATCH);
  private final float[] in = new float[IN * MAX_BATCH];
  private final float[] out = new float[OUT * MAX_BATCH];

  private interface Settings {
    void of(Recording recording);
  }

  /** The events of a batch of 3 and one of 1. */
  private List<RecordedEvent> recorded(Settings settings) throws IOException {
    Path file = folder.resolve("requests.jfr");
    try (Recording recording = new Recording()) {
      settings.of(recording);
      recording.start();
      network.run(in, 0, 3, out, 0, workspace);
      network.run(in, 0, 1, out, 0, workspace);
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(REQUEST))
        .filter(event -> event.getInt("inputs") == IN)
        .toList();
  }

  @Test
  void enabledWithoutThreshold() throws IOException {
    List<RecordedEvent> events = recorded(r -> r.enable(REQUEST).withoutThreshold());
    assertThat(events).extracting(event -> event.getInt("batch")).containsExactly(3, 1);
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.getInt("outputs")).isEqualTo(OUT);
              assertThat(event.getString("kernels")).isEqualTo(Lanewise.describe().kernels());
              assertThat(event.getDuration()).isPositive();
            });
  }

  /** While a warm-up is to come, the scalar kernels answer, and the event says so. */
  @Test
  void namesTheKernelsThatAnswered() throws IOException {
    Warmup.of(network, MAX_BATCH);
    assertThat(recorded(r -> r.enable(REQUEST).withoutThreshold()))
        .hasSize(2)
        .allSatisfy(event -> assertThat(event.getString("kernels")).isEqualTo("scalar"));
  }

  @Test
  void fasterThanTheThreshold() throws IOException {
    assertThat(recorded(r -> r.enable(REQUEST).withThreshold(Duration.ofHours(1)))).isEmpty();
  }

  @Test
  void offUnlessEnabled() throws IOException {
    assertThat(recorded(r -> {})).isEmpty();
  }
}
