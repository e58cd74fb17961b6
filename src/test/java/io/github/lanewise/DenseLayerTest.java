package io.github.lanewise;

import static io.github.lanewise.Floats.assertSameBits;
import static io.github.lanewise.Floats.elements;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A layer is its formulae and nothing more: every result has the bits of the same formula put
 * together by hand. All matrices start inside their arrays and have gaps between their columns,
 * full of sentinels that must survive.
 */
class DenseLayerTest {
  private static final int GAP = 3;

  private final SplittableRandom random = new SplittableRandom(20);
  private final Workspace workspace = Workspace.forProducts();

  record Case(Activation g, int nIn, int nOut, int m) {}

  static List<Case> cases() {
    // One of everything, less than a vector, around a tile, and beyond a cache block in each
    // direction.
    int[][] shapes = {
      {1, 1, 1},
      {3, 5, 1},
      {5, 3, 2},
      {17, 33, 7},
      {40, 70, 16},
      {300, 9, 4},
      {9, 300, 5},
      {6, 11, 300}
    };
    List<Case> cases = new ArrayList<>();
    for (int[] shape : shapes) {
      for (Activation g : Activations.ALL) {
        cases.add(new Case(g, shape[0], shape[1], shape[2]));
      }
    }
    return cases;
  }

  /** Z: chains that start from the bias. A: g of it. */
  @ParameterizedTest
  @MethodSource("cases")
  void forwardIsProductThenActivation(Case c) {
    DenseLayer layer = layer(c);
    FloatMatrix aPrev = gappy(c.nIn, c.m);
    FloatMatrix z = written(c.nOut, c.m);
    FloatMatrix a = written(c.nOut, c.m);

    layer.forward(aPrev, z, a, workspace);

    FloatMatrix expectedZ = byHandZ(layer, aPrev);
    FloatMatrix expectedA = packed(c.nOut, c.m);
    c.g.apply(expectedZ, expectedA);
    assertSameBits("Z", elements(z), elements(expectedZ));
    assertSameBits("A", elements(a), elements(expectedA));
    assertGapsAlive("Z", z);
    assertGapsAlive("A", a);
  }

  /** The same chain without the library: bias first, then one fma per input in ascending order. */
  @ParameterizedTest
  @MethodSource("cases")
  void forwardIsTheChainOfItsContract(Case c) {
    DenseLayer layer = layer(c);
    FloatMatrix aPrev = gappy(c.nIn, c.m);
    FloatMatrix z = written(c.nOut, c.m);
    FloatMatrix a = written(c.nOut, c.m);

    layer.forward(aPrev, z, a, workspace);

    float[] expectedZ = new float[c.nOut * c.m];
    float[] expectedA = new float[c.nOut * c.m];
    for (int j = 0; j < c.m; j++) {
      for (int i = 0; i < c.nOut; i++) {
        float zij = layer.bias().get(i, 0);
        for (int p = 0; p < c.nIn; p++) {
          zij = Math.fma(layer.weights().get(i, p), aPrev.get(p, j), zij);
        }
        expectedZ[i + j * c.nOut] = zij;
        expectedA[i + j * c.nOut] = c.g.value(zij);
      }
    }
    assertSameBits("Z", elements(z), expectedZ);
    assertSameBits("A", elements(a), expectedA);
  }

  /** A in Z's place has A's bits. */
  @ParameterizedTest
  @MethodSource("cases")
  void forwardInPlace(Case c) {
    DenseLayer layer = layer(c);
    FloatMatrix aPrev = gappy(c.nIn, c.m);
    FloatMatrix z = written(c.nOut, c.m);
    FloatMatrix a = written(c.nOut, c.m);
    FloatMatrix both = written(c.nOut, c.m);

    layer.forward(aPrev, z, a, workspace);
    layer.forward(aPrev, both, both, workspace);

    assertSameBits("A", elements(both), elements(a));
    assertGapsAlive("A", both);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backwardIsHadamardThenProducts(Case c) {
    DenseLayer layer = layer(c);
    FloatMatrix dA = gappy(c.nOut, c.m);
    FloatMatrix saved = gappy(c.nOut, c.m);
    FloatMatrix aPrev = gappy(c.nIn, c.m);
    for (boolean accumulate : new boolean[] {false, true}) {
      FloatMatrix dZ = written(c.nOut, c.m);
      FloatMatrix dW = gappy(c.nOut, c.nIn);
      FloatMatrix db = gappy(c.nOut, 1);
      FloatMatrix dAPrev = written(c.nIn, c.m);
      FloatMatrix expectedDW = copy(dW);
      FloatMatrix expectedDb = copy(db);

      layer.backward(dA, saved, aPrev, dZ, dW, db, accumulate, dAPrev, workspace);

      FloatMatrix expectedDZ = packed(c.nOut, c.m);
      byHandHadamard(c.g, dA, saved, expectedDZ, expectedDb, accumulate);
      if (accumulate) {
        Gemm.multiplyAdd(expectedDZ, aPrev.transpose(), expectedDW);
      } else {
        Gemm.multiply(expectedDZ, aPrev.transpose(), expectedDW);
      }
      FloatMatrix expectedDAPrev = packed(c.nIn, c.m);
      Gemm.multiply(layer.weights().transpose(), expectedDZ, expectedDAPrev);
      assertSameBits("dZ", elements(dZ), elements(expectedDZ));
      assertSameBits("db", elements(db), elements(expectedDb));
      assertSameBits("dW", elements(dW), elements(expectedDW));
      assertSameBits("dAprev", elements(dAPrev), elements(expectedDAPrev));
      assertGapsAlive("dZ", dZ);
      assertGapsAlive("dAprev", dAPrev);
    }
  }

  /** A first layer leaves dAprev out, and dZ may take dA's or the saved tensor's place. */
  @ParameterizedTest
  @MethodSource("cases")
  void backwardOfAFirstLayerAndInPlace(Case c) {
    DenseLayer layer = layer(c);
    FloatMatrix dA = gappy(c.nOut, c.m);
    FloatMatrix saved = gappy(c.nOut, c.m);
    FloatMatrix aPrev = gappy(c.nIn, c.m);
    FloatMatrix dZ = packed(c.nOut, c.m);
    FloatMatrix dW = packed(c.nOut, c.nIn);
    FloatMatrix db = packed(c.nOut, 1);
    layer.backward(dA, saved, aPrev, dZ, dW, db, false, packed(c.nIn, c.m), workspace);

    for (int place = 0; place < 3; place++) {
      FloatMatrix dACopy = copy(dA);
      FloatMatrix savedCopy = copy(saved);
      FloatMatrix target = List.of(packed(c.nOut, c.m), dACopy, savedCopy).get(place);
      FloatMatrix otherDW = packed(c.nOut, c.nIn);
      FloatMatrix otherDb = packed(c.nOut, 1);
      layer.backward(dACopy, savedCopy, aPrev, target, otherDW, otherDb, false, workspace);
      assertSameBits("dZ", elements(target), elements(dZ));
      assertSameBits("dW", elements(otherDW), elements(dW));
      assertSameBits("db", elements(otherDb), elements(db));
    }
  }

  /** Two halves of a batch, the second one accumulated, are the whole: the chains just go on. */
  @ParameterizedTest
  @MethodSource("cases")
  void accumulatingGoesOnWithTheChains(Case c) {
    DenseLayer layer = layer(c);
    FloatMatrix dA = gappy(c.nOut, c.m);
    FloatMatrix saved = gappy(c.nOut, c.m);
    FloatMatrix aPrev = gappy(c.nIn, c.m);
    FloatMatrix dW = packed(c.nOut, c.nIn);
    FloatMatrix db = packed(c.nOut, 1);
    layer.backward(dA, saved, aPrev, packed(c.nOut, c.m), dW, db, false, workspace);

    FloatMatrix dWInParts = packed(c.nOut, c.nIn);
    FloatMatrix dbInParts = packed(c.nOut, 1);
    int half = c.m / 2;
    int[] from = {0, half, c.m};
    for (int part = 0; part < 2; part++) {
      int first = from[part];
      int count = from[part + 1] - first;
      layer.backward(
          dA.subMatrix(0, first, c.nOut, count),
          saved.subMatrix(0, first, c.nOut, count),
          aPrev.subMatrix(0, first, c.nIn, count),
          packed(c.nOut, count),
          dWInParts,
          dbInParts,
          part > 0,
          workspace);
    }
    assertSameBits("dW", elements(dWInParts), elements(dW));
    assertSameBits("db", elements(dbInParts), elements(db));
  }

  /** Examples that are the windows of one signal, read in place, are those of a copy. */
  @ParameterizedTest
  @MethodSource("cases")
  void examplesMayShareElements(Case c) {
    DenseLayer layer = layer(c);
    float[] signal = Floats.uniform(random, c.nIn + c.m - 1, 1);
    FloatMatrix windows = new FloatMatrix(signal, 0, c.nIn, c.m, 1, 1);
    FloatMatrix apart = FloatMatrix.columnMajor(elements(windows), c.nIn, c.m);
    FloatMatrix dA = gappy(c.nOut, c.m);
    List<float[]> results = new ArrayList<>();
    for (FloatMatrix aPrev : List.of(windows, apart)) {
      FloatMatrix a = packed(c.nOut, c.m);
      FloatMatrix dZ = packed(c.nOut, c.m);
      FloatMatrix dW = packed(c.nOut, c.nIn);
      layer.forward(aPrev, a, a, workspace);
      layer.backward(dA, dA, aPrev, dZ, dW, packed(c.nOut, 1), false, workspace);
      results.add(a.array());
      results.add(dW.array());
    }
    assertSameBits("A", results.get(0), results.get(2));
    assertSameBits("dW", results.get(1), results.get(3));
  }

  /** The stride between the columns of a single column is nobody's business. */
  @Test
  void oneExampleInPlaceWhateverItsColumnStride() {
    float[] z = {-1, 2, -3, 4};
    Activation.RELU.apply(
        FloatMatrix.columnMajor(z, 0, 4, 1, 4), FloatMatrix.columnMajor(z, 0, 4, 1, 8));
    assertThat(z).containsExactly(0, 2, 0, 4);
  }

  /** A batch of none: nothing to answer, and gradients of 0. */
  @Test
  void emptyBatch() {
    DenseLayer layer = layer(new Case(Activation.TANH, 3, 2, 0));
    FloatMatrix none = packed(2, 0);
    FloatMatrix dW = gappy(2, 3);
    FloatMatrix db = gappy(2, 1);
    layer.forward(packed(3, 0), none, packed(2, 0), workspace);
    layer.backward(none, packed(2, 0), packed(3, 0), packed(2, 0), dW, db, false, workspace);
    assertThat(elements(dW)).containsOnly(0);
    assertThat(elements(db)).containsOnly(0);
  }

  /** The layer is a view: what is written to W and b counts from the next call on. */
  @Test
  void sharesItsParameters() {
    FloatMatrix w = FloatMatrix.columnMajor(new float[] {2}, 1, 1);
    FloatMatrix b = FloatMatrix.columnMajor(new float[] {1}, 1, 1);
    DenseLayer layer = new DenseLayer(w, b, Activation.IDENTITY);
    FloatMatrix x = FloatMatrix.columnMajor(new float[] {10}, 1, 1);
    FloatMatrix y = packed(1, 1);
    w.array()[0] = 3;
    b.array()[0] = 4;
    layer.forward(x, y, y, workspace);
    assertThat(y.get(0, 0)).isEqualTo(34);
    assertThat(layer.weights().array()).isSameAs(w.array());
    assertThat(layer.bias().array()).isSameAs(b.array());
    assertThat(layer.inputs()).isEqualTo(1);
    assertThat(layer.outputs()).isEqualTo(1);
    assertThat(layer.activation()).isEqualTo(Activation.IDENTITY);
  }

  private DenseLayer layer(Case c) {
    return new DenseLayer(gappy(c.nOut, c.nIn), gappy(c.nOut, 1), c.g);
  }

  private FloatMatrix byHandZ(DenseLayer layer, FloatMatrix aPrev) {
    FloatMatrix z = packed(layer.outputs(), aPrev.columns());
    for (int j = 0; j < z.columns(); j++) {
      for (int i = 0; i < z.rows(); i++) {
        z.array()[i + j * z.rows()] = layer.bias().get(i, 0);
      }
    }
    Gemm.multiplyAdd(layer.weights(), aPrev, z);
    return z;
  }

  private static void byHandHadamard(
      Activation g,
      FloatMatrix dA,
      FloatMatrix saved,
      FloatMatrix dZ,
      FloatMatrix db,
      boolean accumulate) {
    for (int i = 0; i < dZ.rows(); i++) {
      float sum = accumulate ? db.get(i, 0) : 0;
      for (int j = 0; j < dZ.columns(); j++) {
        float dz = dA.get(i, j) * g.derivative(saved.get(i, j));
        dZ.array()[i + j * dZ.rows()] = dz;
        sum += dz;
      }
      db.array()[db.offset() + i] = sum;
    }
  }

  private FloatMatrix gappy(int rows, int columns) {
    return Floats.gappy(random, rows, columns, GAP);
  }

  private static FloatMatrix packed(int rows, int columns) {
    return FloatMatrix.columnMajor(Floats.sentinels(rows * columns), rows, columns);
  }

  private static FloatMatrix written(int rows, int columns) {
    int ld = rows + GAP;
    return FloatMatrix.columnMajor(Floats.sentinels(GAP + ld * columns), GAP, rows, columns, ld);
  }

  private static FloatMatrix copy(FloatMatrix x) {
    return new FloatMatrix(
        x.array().clone(), x.offset(), x.rows(), x.columns(), x.rowStride(), x.columnStride());
  }

  /** What is not an element of a {@link #written} matrix still holds its sentinel. */
  private static void assertGapsAlive(String what, FloatMatrix x) {
    float[] sentinels = Floats.sentinels(x.array().length);
    float[] rest = x.array().clone();
    for (int j = 0; j < x.columns(); j++) {
      int column = x.offset() + j * x.columnStride();
      System.arraycopy(sentinels, column, rest, column, x.rows());
    }
    assertSameBits("around " + what, rest, sentinels);
  }
}
