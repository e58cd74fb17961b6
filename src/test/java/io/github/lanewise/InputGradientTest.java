package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The fused backward pass has the bits of its unfused twin: the whole product of {@link Gemm}, then
 * the sweep of {@link Hadamard}. Batches and layers cross the edges of strips.
 */
class InputGradientTest {
  private final SplittableRandom random = new SplittableRandom(41);
  private final Workspace workspace = Workspace.forProducts();

  @ParameterizedTest
  @CsvSource({
    "5, 7, 1",
    "140, 150, 16",
    "64, 64, 16",
    "200, 180, 40",
    "300, 300, 63",
    "500, 410, 65",
    "401, 400, 64",
    "733, 717, 100",
    "65, 1030, 17",
    "190, 2049, 70",
    "40, 40, 20",
  })
  void strips(int nOut, int nIn, int m) {
    FloatMatrix w = Floats.gappy(random, nOut, nIn, 3);
    FloatMatrix dZ = Floats.gappy(random, nOut, m, 2);
    FloatMatrix dAPrev = Floats.gappy(random, nIn, m, 4);
    FloatMatrix expected = FloatMatrix.columnMajor(new float[nIn * m], nIn, m);
    InputGradient.run(
        w,
        m,
        dZ.array(),
        dZ.offset(),
        dZ.columnStride(),
        dAPrev.array(),
        dAPrev.offset(),
        dAPrev.columnStride(),
        workspace);
    Gemm.multiply(w.transpose(), dZ, expected, workspace);
    assertSameBits("dAPrev", Floats.elements(dAPrev), Floats.elements(expected));
  }

  /** What lies between the columns is not the layer's. */
  @ParameterizedTest
  @CsvSource({"5, 7, 9", "140, 150, 17", "480, 440, 70"})
  void gapsAreUntouched(int nOut, int nIn, int m) {
    FloatMatrix w = Floats.gappy(random, nOut, nIn, 0);
    FloatMatrix dZ = Floats.gappy(random, nOut, m, 0);
    int ld = nIn + 2;
    float[] written = Floats.sentinels(ld * m);
    float[] expected = written.clone();
    InputGradient.run(w, m, dZ.array(), 0, nOut, written, 0, ld, workspace);
    for (int j = 0; j < m; j++) {
      System.arraycopy(written, j * ld, expected, j * ld, nIn);
    }
    assertSameBits("dAPrev and its gaps", written, expected);
  }

  @ParameterizedTest
  @MethodSource("io.github.lanewise.Activations#all")
  void acrossLayers(Activation g) {
    for (int m : new int[] {1, 17, 64, 70, 200}) {
      for (boolean accumulate : new boolean[] {false, true}) {
        int nOut = 450;
        int nIn = 470;
        FloatMatrix w = Floats.gappy(random, nOut, nIn, 1);
        FloatMatrix dZ = Floats.gappy(random, nOut, m, 0);
        FloatMatrix saved = Floats.gappy(random, nIn, m, 2);
        float[] db = Floats.uniform(random, nIn, 1);
        float[] expectedDb = db.clone();
        FloatMatrix expected = FloatMatrix.columnMajor(new float[nIn * m], nIn, m);
        FloatMatrix dZPrev = Floats.gappy(random, nIn, m, 3);
        InputGradient.run(
            w,
            g,
            m,
            dZ.array(),
            dZ.offset(),
            dZ.columnStride(),
            saved.array(),
            saved.offset(),
            saved.columnStride(),
            dZPrev.array(),
            dZPrev.offset(),
            dZPrev.columnStride(),
            db,
            0,
            accumulate,
            workspace);

        Gemm.multiply(w.transpose(), dZ, expected, workspace);
        FloatMatrix dbView = FloatMatrix.columnMajor(expectedDb, nIn, 1);
        Hadamard.apply(g, expected, saved, expected, dbView, accumulate);
        assertSameBits("dZ of " + m, Floats.elements(dZPrev), Floats.elements(expected));
        assertSameBits("db of " + m, db, expectedDb);
      }
    }
  }
}
