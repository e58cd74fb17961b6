package io.github.lanewise.bench.fusion;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** One piece of work in two ways that must come to the same bits. */
interface Fusion {
  /** In one pass. */
  void fused();

  /** In passes of their own. */
  void apart();

  /** What both write. */
  List<float[]> results();

  /** Makes one for a layer; equal layers get equal numbers. */
  interface Maker {
    Fusion of(int nOut, int nIn, int m);
  }

  // spotless:off
  /**
   * All of them by name: first what the library does, then prototypes that did not win
   * (src/docs/decisions/0012-activation-beside-the-product.md).
   */
  static Map<String, Maker> all() {
    Map<String, Maker> all = new LinkedHashMap<>();
    all.put("bias", BiasFusion::new);
    all.put("db", BiasGradientFusion::new);
    all.put("softmax", (nOut, nIn, m) -> new SoftmaxFusion(10, m));
    all.put("sgd", (nOut, nIn, m) -> OptimizerFusion.sgd(nOut * nIn));
    all.put("adam", (nOut, nIn, m) -> OptimizerFusion.adam(nOut * nIn));
    all.put("step", StepFusion::new);
    all.put("update-sgd", UpdateFusion::sgd);
    all.put("update-adam", UpdateFusion::adam);
    all.put("activation-by-examples", (nOut, nIn, m) -> StripFusion.ofExamples(nOut, nIn, m, 32));
    all.put("activation-by-outputs", (nOut, nIn, m) -> StripFusion.ofOutputs(nOut, nIn, m, 128));
    all.put("stored-gelu", (nOut, nIn, m) -> StoredDerivativeFusion.gelu(nOut * m));
    all.put("stored-silu", (nOut, nIn, m) -> StoredDerivativeFusion.silu(nOut * m));
    all.put("prologue-tanh", (nOut, nIn, m) -> PrologueFusion.tanh(nOut, m));
    all.put("prologue-gelu", (nOut, nIn, m) -> PrologueFusion.gelu(nOut, m));
    return all;
  }
  // spotless:on

  /** Numbers around 0, from -1/2 to 1/2 times a width. */
  static float[] random(long seed, int length, float width) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = (random.nextFloat() - 0.5f) * width;
    }
    return x;
  }

  /** Runs both ways a few times and compares what they have written. */
  static void check(String name, Maker maker, int nOut, int nIn, int m) {
    Fusion one = maker.of(nOut, nIn, m);
    Fusion other = maker.of(nOut, nIn, m);
    for (int run = 0; run < 3; run++) {
      one.fused();
      other.apart();
      for (int i = 0; i < one.results().size(); i++) {
        int at = Arrays.mismatch(one.results().get(i), other.results().get(i));
        if (at >= 0) {
          throw new IllegalStateException(
              "%s, result %d, element %d: %s fused, %s apart"
                  .formatted(name, i, at, one.results().get(i)[at], other.results().get(i)[at]));
        }
      }
    }
  }
}
