package io.github.lanewise.example.serving;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ServingTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void everyAnswerIsOneVersions() throws Exception {
    boolean served = Serving.serve(new PrintStream(out, true, UTF_8));

    String said = out.toString(UTF_8);
    assertThat(served).as(said).isTrue();
    assertThat(said)
        .containsPattern("Open, warm after [0-9]+ ms")
        .containsPattern("digits, warm: [0-9,]+ requests, p50 [0-9.]+ us, p99 [0-9.]+ us")
        .containsPattern("digits: answers of each version \\[[1-9]\\d*, [1-9]\\d*], of none 0")
        .containsPattern("moods: answers of each version \\[[1-9]\\d*], of none 0");
  }
}
