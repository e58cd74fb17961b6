package io.github.lanewise.bench.fusion;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fused or apart: the same bits. */
class FusionTest {
  static Set<String> names() {
    return Fusion.all().keySet();
  }

  /** Layers whose dAprev goes by strips and whole, some smaller than a strip. */
  @ParameterizedTest
  @MethodSource("names")
  void theSameBits(String name) {
    Fusion.Maker maker = Fusion.all().get(name);
    Fusion.check(name, maker, 512, 390, 32);
    Fusion.check(name, maker, 256, 33, 70);
    Fusion.check(name, maker, 256, 100, 1);
  }
}
