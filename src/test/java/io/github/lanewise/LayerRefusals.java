package io.github.lanewise;

import static io.github.lanewise.Refusal.illegal;
import static io.github.lanewise.Refusal.ofNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a layer and its parts refuse. */
final class LayerRefusals {
  private static final Workspace WORKSPACE = Workspace.forProducts();
  private static final Activation TANH = Activation.TANH;

  private LayerRefusals() {}

  static Stream<Refusal> all() {
    return Stream.of(activation(), hadamard(), loss(), layer(), forward(), backward())
        .flatMap(s -> s);
  }

  // spotless:off
  private static Stream<Refusal> activation() {
    String apply = "Activation.apply";
    List<Refusal> all = new ArrayList<>(List.of(
        illegal("Activation.leakyRelu", "negative", x -> Activation.leakyRelu(-0.1f), "slope", "-0.1"),
        illegal("Activation.leakyRelu", "1", x -> Activation.leakyRelu(1), "slope", "1.0"),
        illegal("Activation.leakyRelu", "NaN", x -> Activation.leakyRelu(Float.NaN), "slope", "NaN"),
        illegal("Activation.leakyRelu", "infinite", x -> Activation.leakyRelu(Float.POSITIVE_INFINITY), "slope", "Infinity"),
        illegal("Activation.elu", "negative", x -> Activation.elu(-1), "alpha", "-1.0"),
        illegal("Activation.elu", "NaN", x -> Activation.elu(Float.NaN), "alpha", "NaN"),
        illegal("Activation.elu", "infinite", x -> Activation.elu(Float.POSITIVE_INFINITY), "alpha", "Infinity"),
        ofNull("Activation.parse", "text", x -> Activation.parse(null)),
        illegal("Activation.parse", "a slope out of range", x -> Activation.parse("leaky_relu(2)"), "slope", "2.0"),
        illegal("Activation.parse", "NaN", x -> Activation.parse("elu(NaN)"), "alpha", "NaN"),
        ofNull(apply, "z", x -> TANH.apply(null, x.matrix(2, 3))),
        ofNull(apply, "a", x -> TANH.apply(x.matrix(2, 3), null)),
        illegal(apply, "shapes", x -> TANH.apply(x.matrix(2, 3), x.matrix(3, 2)), "a is 3×2", "z 2×3"),
        illegal(apply, "z by rows", x -> TANH.apply(x.matrix(3, 2).transpose(), x.matrix(2, 3)), "z is 2×3", "row stride 3"),
        illegal(apply, "a by rows", x -> TANH.apply(x.matrix(2, 3), x.matrix(3, 2).transpose()), "a is 2×3", "row stride 3"),
        illegal(apply, "columns of a share places", x -> TANH.apply(x.matrix(2, 3), new FloatMatrix(x.floats(9), 0, 2, 3, 1, 1)), "a is 2×3", "share"),
        illegal(apply, "a shifted against z", x -> {
          float[] both = x.floats(9);
          TANH.apply(FloatMatrix.columnMajor(both, 0, 2, 3, 2), FloatMatrix.columnMajor(both, 1, 2, 3, 2));
        }, "a 2×3", "overlaps z 2×3"),
        illegal(apply, "a with another stride than z", x -> {
          float[] both = x.floats(9);
          TANH.apply(FloatMatrix.columnMajor(both, 0, 2, 3, 2), FloatMatrix.columnMajor(both, 0, 2, 3, 3));
        }, "a 2×3", "overlaps z 2×3")));
    for (String text : List.of("", "swish", "RELU", "relu()", "relu(1)", "leaky_relu", "leaky_relu()", "leaky_relu(x)", "leaky_relu(0.1", "elu", "(1)")) {
      all.add(illegal("Activation.parse", "\"" + text + "\"", x -> Activation.parse(text), "\"" + text + "\""));
    }
    return all.stream();
  }

  private static Stream<Refusal> hadamard() {
    Spoiled<Sweep> s = new Spoiled<>("Hadamard.apply", Sweep::new, Sweep::run);
    return Stream.of(
        s.ofNull("g", (c, x) -> c.g = null),
        s.ofNull("dA", (c, x) -> c.dA = null),
        s.ofNull("saved", (c, x) -> c.saved = null),
        s.ofNull("dZ", (c, x) -> c.dZ = null),
        s.ofNull("db", (c, x) -> c.db = null),
        s.of("saved", (c, x) -> c.saved = x.matrix(3, 2), "saved is 3×2", "dA 2×3"),
        s.of("dZ", (c, x) -> c.dZ = x.matrix(2, 4), "dZ is 2×4", "dA 2×3"),
        s.of("db", (c, x) -> c.db = x.matrix(3, 1), "db is 3×1", "2×1", "dA 2×3"),
        s.of("db is a row", (c, x) -> c.db = x.matrix(1, 2), "db is 1×2", "2×1"),
        s.of("dA by rows", (c, x) -> c.dA = byRow(x, 2, 3), "dA is 2×3", "row stride 3"),
        s.of("saved by rows", (c, x) -> c.saved = byRow(x, 2, 3), "saved is 2×3", "row stride 3"),
        s.of("dZ by rows", (c, x) -> c.dZ = byRow(x, 2, 3), "dZ is 2×3", "row stride 3"),
        s.of("db not contiguous", (c, x) -> c.db = scattered(x, 2), "db is 2×1", "row stride 2"),
        s.of("columns of dZ share places", (c, x) -> c.dZ = crowded(x, 2, 3), "dZ is 2×3", "share"),
        s.of("dZ shifted against dA", (c, x) -> c.dZ = shifted(c.dA), "dZ 2×3", "overlaps dA 2×3"),
        s.of("dZ shifted against saved", (c, x) -> c.dZ = shifted(c.saved), "dZ 2×3", "overlaps saved 2×3"),
        s.of("db in dA", (c, x) -> c.db = c.dA.subMatrix(0, 1, 2, 1), "db 2×1", "overlaps dA 2×3"),
        s.of("db in saved", (c, x) -> c.db = c.saved.subMatrix(0, 1, 2, 1), "db 2×1", "overlaps saved 2×3"),
        s.of("db in dZ", (c, x) -> c.db = c.dZ.subMatrix(0, 2, 2, 1), "db 2×1", "overlaps dZ 2×3"));
  }

  /** The arguments of a sweep over 2 neurons and 3 examples. */
  private static final class Sweep {
    Activation g = TANH;
    FloatMatrix dA;
    FloatMatrix saved;
    FloatMatrix dZ;
    FloatMatrix db;

    Sweep(Refusal.Watched x) {
      dA = x.matrix(2, 3);
      saved = x.matrix(2, 3);
      dZ = x.matrix(2, 3);
      db = x.matrix(2, 1);
    }

    void run() {
      Hadamard.apply(g, dA, saved, dZ, db, false);
    }
  }

  /** Row by row, where column by column is asked for. */
  private static FloatMatrix byRow(Refusal.Watched x, int rows, int columns) {
    return FloatMatrix.rowMajor(x.floats(rows * columns), rows, columns);
  }

  /** Columns that begin before the one before them has ended. */
  private static FloatMatrix crowded(Refusal.Watched x, int rows, int columns) {
    return new FloatMatrix(x.floats(rows * columns), 0, rows, columns, 1, 1);
  }

  /** A column with gaps. */
  private static FloatMatrix scattered(Refusal.Watched x, int rows) {
    return new FloatMatrix(x.floats(2 * rows), 0, rows, 1, 2, 1);
  }

  /** The same shape in the same array, one column on. */
  private static FloatMatrix shifted(FloatMatrix x) {
    return FloatMatrix.columnMajor(
        x.array(), x.offset() + x.columnStride(), x.rows(), x.columns(), x.columnStride());
  }

  private static Stream<Refusal> loss() {
    String s = "Loss.evaluate";
    return Stream.of(Loss.values()).flatMap(loss -> Stream.of(
        ofNull(s, "y", x -> loss.evaluate(null, x.matrix(2, 3), x.matrix(2, 3))),
        ofNull(s, "target", x -> loss.evaluate(x.matrix(2, 3), null, x.matrix(2, 3))),
        ofNull(s, "dY", x -> loss.evaluate(x.matrix(2, 3), x.matrix(2, 3), null)),
        illegal(s, "no outputs", x -> loss.evaluate(x.matrix(0, 3), x.matrix(0, 3), x.matrix(0, 3)), "rows of y", "0"),
        illegal(s, "no examples", x -> loss.evaluate(x.matrix(2, 0), x.matrix(2, 0), x.matrix(2, 0)), "columns of y", "0"),
        illegal(s, "target", x -> loss.evaluate(x.matrix(2, 3), x.matrix(2, 4), x.matrix(2, 3)), "target is 2×4", "y 2×3"),
        illegal(s, "dY", x -> loss.evaluate(x.matrix(2, 3), x.matrix(2, 3), x.matrix(3, 2)), "dY is 3×2", "y 2×3"),
        illegal(s, "y by rows", x -> loss.evaluate(x.matrix(3, 2).transpose(), x.matrix(2, 3), x.matrix(2, 3)), "y is 2×3", "row stride 3"),
        illegal(s, "target by rows", x -> loss.evaluate(x.matrix(2, 3), x.matrix(3, 2).transpose(), x.matrix(2, 3)), "target is 2×3", "row stride 3"),
        illegal(s, "dY by rows", x -> loss.evaluate(x.matrix(2, 3), x.matrix(2, 3), x.matrix(3, 2).transpose()), "dY is 2×3", "row stride 3"),
        illegal(s, "y with gaps", x -> loss.evaluate(x.matrix(3, 3).subMatrix(0, 0, 2, 3), x.matrix(2, 3), x.matrix(2, 3)), "y is 2×3", "column stride 3"),
        illegal(s, "target with gaps", x -> loss.evaluate(x.matrix(2, 3), x.matrix(3, 3).subMatrix(0, 0, 2, 3), x.matrix(2, 3)), "target is 2×3", "column stride 3"),
        illegal(s, "dY with gaps", x -> loss.evaluate(x.matrix(2, 3), x.matrix(2, 3), x.matrix(3, 3).subMatrix(0, 0, 2, 3)), "dY is 2×3", "column stride 3"),
        illegal(s, "dY is y", x -> {
          FloatMatrix y = x.matrix(2, 3);
          loss.evaluate(y, x.matrix(2, 3), y);
        }, "dY 2×3", "overlaps y 2×3"),
        illegal(s, "dY is target", x -> {
          FloatMatrix target = x.matrix(2, 3);
          loss.evaluate(x.matrix(2, 3), target, target);
        }, "dY 2×3", "overlaps target 2×3")));
  }

  private static Stream<Refusal> layer() {
    String s = "DenseLayer.new";
    return Stream.of(
        ofNull(s, "w", x -> new DenseLayer(null, x.matrix(2, 1), TANH)),
        ofNull(s, "b", x -> new DenseLayer(x.matrix(2, 3), null, TANH)),
        ofNull(s, "g", x -> new DenseLayer(x.matrix(2, 3), x.matrix(2, 1), null)),
        illegal(s, "no outputs", x -> new DenseLayer(x.matrix(0, 3), x.matrix(0, 1), TANH), "rows of w", "0"),
        illegal(s, "no inputs", x -> new DenseLayer(x.matrix(2, 0), x.matrix(2, 1), TANH), "columns of w", "0"),
        illegal(s, "b", x -> new DenseLayer(x.matrix(2, 3), x.matrix(3, 1), TANH), "b is 3×1", "2×1", "w 2×3"),
        illegal(s, "b is a row", x -> new DenseLayer(x.matrix(2, 3), x.matrix(1, 2), TANH), "b is 1×2", "2×1"),
        illegal(s, "w by rows", x -> new DenseLayer(x.matrix(3, 2).transpose(), x.matrix(2, 1), TANH), "w is 2×3", "row stride 3"),
        illegal(s, "b not contiguous", x -> new DenseLayer(x.matrix(2, 3), new FloatMatrix(x.floats(9), 0, 2, 1, 2, 1), TANH), "b is 2×1", "row stride 2"));
  }

  /** A layer 3 → 2 over watched parameters. */
  private static DenseLayer layer(Refusal.Watched x) {
    return new DenseLayer(x.matrix(2, 3), x.matrix(2, 1), TANH);
  }

  private static Stream<Refusal> forward() {
    Spoiled<Forward> s = new Spoiled<>("DenseLayer.forward", Forward::new, Forward::run);
    return Stream.of(
        s.ofNull("aPrev", (c, x) -> c.aPrev = null),
        s.ofNull("z", (c, x) -> c.z = null),
        s.ofNull("a", (c, x) -> c.a = null),
        s.ofNull("workspace", (c, x) -> c.workspace = null),
        s.of("aPrev", (c, x) -> c.aPrev = x.matrix(5, 4), "aPrev is 5×4", "3×4", "w 2×3"),
        s.of("features of z", (c, x) -> c.z = x.matrix(3, 4), "z is 3×4", "2×4"),
        s.of("batch of z", (c, x) -> c.z = x.matrix(2, 5), "z is 2×5", "2×4", "aPrev 3×4"),
        s.of("a", (c, x) -> c.a = x.matrix(2, 3), "a is 2×3", "2×4", "aPrev 3×4"),
        s.of("aPrev by rows", (c, x) -> c.aPrev = byRow(x, 3, 4), "aPrev is 3×4", "row stride 4"),
        s.of("z by rows", (c, x) -> c.z = byRow(x, 2, 4), "z is 2×4", "row stride 4"),
        s.of("a by rows", (c, x) -> c.a = byRow(x, 2, 4), "a is 2×4", "row stride 4"),
        s.of("columns of z share places", (c, x) -> c.z = crowded(x, 2, 4), "z is 2×4", "share"),
        s.of("columns of a share places", (c, x) -> c.a = crowded(x, 2, 4), "a is 2×4", "share"),
        s.of("a shifted against z", (c, x) -> c.a = shifted(c.z), "a 2×4", "overlaps z 2×4"),
        s.of("z in aPrev", (c, x) -> c.z = c.aPrev.subMatrix(1, 0, 2, 4), "z 2×4", "overlaps aPrev 3×4"),
        s.of("a in aPrev", (c, x) -> c.a = c.aPrev.subMatrix(1, 0, 2, 4), "a 2×4", "overlaps aPrev 3×4"),
        s.of("z over w", (c, x) -> c.z = over(c.layer.weights(), 2, 4), "z 2×4", "overlaps w 2×3"),
        s.of("z over b", (c, x) -> c.z = over(c.layer.bias(), 2, 4), "z 2×4", "overlaps b 2×1"),
        s.of("a over w", (c, x) -> c.a = over(c.layer.weights(), 2, 4), "a 2×4", "overlaps w 2×3"),
        s.of("a over b", (c, x) -> c.a = over(c.layer.bias(), 2, 4), "a 2×4", "overlaps b 2×1"));
  }

  /** The arguments of a forward pass of 4 examples. */
  private static final class Forward {
    final DenseLayer layer;
    FloatMatrix aPrev;
    FloatMatrix z;
    FloatMatrix a;
    Workspace workspace = WORKSPACE;

    Forward(Refusal.Watched x) {
      layer = layer(x);
      aPrev = x.matrix(3, 4);
      z = x.matrix(2, 4);
      a = x.matrix(2, 4);
    }

    void run() {
      layer.forward(aPrev, z, a, workspace);
    }
  }

  /** Another shape from the same place; there is room for it behind each watched matrix. */
  private static FloatMatrix over(FloatMatrix x, int rows, int columns) {
    return FloatMatrix.columnMajor(x.array(), x.offset(), rows, columns, rows);
  }

  /** The arguments of a backward pass, valid until a case spoils one. */
  private static final class Backward {
    final DenseLayer layer;
    FloatMatrix dA;
    FloatMatrix saved;
    FloatMatrix aPrev;
    FloatMatrix dZ;
    FloatMatrix dW;
    FloatMatrix db;
    FloatMatrix dAPrev;
    Workspace workspace = WORKSPACE;

    Backward(Refusal.Watched x) {
      layer = layer(x);
      dA = x.matrix(2, 4);
      saved = x.matrix(2, 4);
      aPrev = x.matrix(3, 4);
      dZ = x.matrix(2, 4);
      dW = x.matrix(2, 3);
      db = x.matrix(2, 1);
      dAPrev = x.matrix(3, 4);
    }

    void run() {
      layer.backward(dA, saved, aPrev, dZ, dW, db, true, dAPrev, workspace);
    }

    void runFirst() {
      layer.backward(dA, saved, aPrev, dZ, dW, db, true, workspace);
    }

    /** A batch of one, so that dAPrev, 3×1, fits behind whatever it may overlap. */
    void ofOne() {
      dA = dA.subMatrix(0, 0, 2, 1);
      saved = saved.subMatrix(0, 0, 2, 1);
      aPrev = aPrev.subMatrix(0, 0, 3, 1);
      dZ = dZ.subMatrix(0, 0, 2, 1);
    }
  }

  private static Stream<Refusal> backward() {
    String name = "DenseLayer.backward";
    return Stream.concat(
        backward(new Spoiled<>(name, Backward::new, Backward::runFirst)),
        Stream.concat(
            backward(new Spoiled<>(name, Backward::new, Backward::run)),
            backwardWithDAPrev(new Spoiled<>(name, Backward::new, Backward::run))));
  }

  private static Stream<Refusal> backward(Spoiled<Backward> s) {
    return Stream.of(
        s.ofNull("dA", (c, x) -> c.dA = null),
        s.ofNull("saved", (c, x) -> c.saved = null),
        s.ofNull("aPrev", (c, x) -> c.aPrev = null),
        s.ofNull("dZ", (c, x) -> c.dZ = null),
        s.ofNull("dW", (c, x) -> c.dW = null),
        s.ofNull("db", (c, x) -> c.db = null),
        s.ofNull("workspace", (c, x) -> c.workspace = null),
        s.of("features of dA", (c, x) -> c.dA = x.matrix(3, 4), "dA is 3×4", "2×4", "w 2×3"),
        s.of("batch of dA", (c, x) -> c.dA = x.matrix(2, 5), "saved is 2×4", "dA 2×5"),
        s.of("saved", (c, x) -> c.saved = x.matrix(4, 2), "saved is 4×2", "dA 2×4"),
        s.of("features of aPrev", (c, x) -> c.aPrev = x.matrix(2, 4), "aPrev is 2×4", "3×4"),
        s.of("batch of aPrev", (c, x) -> c.aPrev = x.matrix(3, 5), "aPrev is 3×5", "3×4", "dA 2×4"),
        s.of("dZ", (c, x) -> c.dZ = x.matrix(2, 5), "dZ is 2×5", "dA 2×4"),
        s.of("dW", (c, x) -> c.dW = x.matrix(3, 2), "dW is 3×2", "w 2×3"),
        s.of("db", (c, x) -> c.db = x.matrix(1, 2), "db is 1×2", "2×1"),
        s.of("dA by rows", (c, x) -> c.dA = byRow(x, 2, 4), "dA is 2×4", "row stride 4"),
        s.of("saved by rows", (c, x) -> c.saved = byRow(x, 2, 4), "saved is 2×4", "row stride 4"),
        s.of("aPrev by rows", (c, x) -> c.aPrev = byRow(x, 3, 4), "aPrev is 3×4", "row stride 4"),
        s.of("dZ by rows", (c, x) -> c.dZ = byRow(x, 2, 4), "dZ is 2×4", "row stride 4"),
        s.of("dW by rows", (c, x) -> c.dW = byRow(x, 2, 3), "dW is 2×3", "row stride 3"),
        s.of("db not contiguous", (c, x) -> c.db = scattered(x, 2), "db is 2×1", "row stride 2"),
        s.of("columns of dZ share places", (c, x) -> c.dZ = crowded(x, 2, 4), "dZ is 2×4", "share"),
        s.of("columns of dW share places", (c, x) -> c.dW = crowded(x, 2, 3), "dW is 2×3", "share"),
        s.of("dZ shifted against dA", (c, x) -> c.dZ = shifted(c.dA), "dZ 2×4", "overlaps dA 2×4"),
        s.of("dZ shifted against saved", (c, x) -> c.dZ = shifted(c.saved), "dZ 2×4", "overlaps saved 2×4"),
        s.of("dZ in aPrev", (c, x) -> c.dZ = c.aPrev.subMatrix(0, 0, 2, 4), "dZ 2×4", "overlaps aPrev 3×4"),
        s.of("dZ over w", (c, x) -> c.dZ = over(c.layer.weights(), 2, 4), "dZ 2×4", "overlaps w 2×3"),
        s.of("dZ over b", (c, x) -> c.dZ = over(c.layer.bias(), 2, 4), "dZ 2×4", "overlaps b 2×1"),
        s.of("dW is w", (c, x) -> c.dW = c.layer.weights(), "dW 2×3", "overlaps w 2×3"),
        s.of("dW over b", (c, x) -> c.dW = over(c.layer.bias(), 2, 3), "dW 2×3", "overlaps b 2×1"),
        s.of("dW in dA", (c, x) -> c.dW = c.dA.subMatrix(0, 0, 2, 3), "dW 2×3", "overlaps dA 2×4"),
        s.of("dW in saved", (c, x) -> c.dW = c.saved.subMatrix(0, 0, 2, 3), "dW 2×3", "overlaps saved 2×4"),
        s.of("dW in dZ", (c, x) -> c.dW = c.dZ.subMatrix(0, 1, 2, 3), "dW 2×3", "overlaps dZ 2×4"),
        s.of("dW in aPrev", (c, x) -> c.dW = c.aPrev.subMatrix(0, 1, 2, 3), "dW 2×3", "overlaps aPrev 3×4"),
        s.of("db in dA", (c, x) -> c.db = c.dA.subMatrix(0, 0, 2, 1), "db 2×1", "overlaps dA 2×4"),
        s.of("db in dZ", (c, x) -> c.db = c.dZ.subMatrix(0, 0, 2, 1), "db 2×1", "overlaps dZ 2×4"),
        s.of("db in saved", (c, x) -> c.db = c.saved.subMatrix(0, 0, 2, 1), "db 2×1", "overlaps saved 2×4"),
        s.of("db in aPrev", (c, x) -> c.db = c.aPrev.subMatrix(0, 0, 2, 1), "db 2×1", "overlaps aPrev 3×4"),
        s.of("db in w", (c, x) -> c.db = c.layer.weights().subMatrix(0, 0, 2, 1), "db 2×1", "overlaps w 2×3"),
        s.of("db is b", (c, x) -> c.db = c.layer.bias(), "db 2×1", "overlaps b 2×1"),
        s.of("db in dW", (c, x) -> c.db = c.dW.subMatrix(0, 0, 2, 1), "dW 2×3", "overlaps db 2×1"));
  }

  private static Stream<Refusal> backwardWithDAPrev(Spoiled<Backward> s) {
    return Stream.of(
        s.ofNull("dAPrev", (c, x) -> c.dAPrev = null),
        s.of("dAPrev", (c, x) -> c.dAPrev = x.matrix(3, 3), "dAPrev is 3×3", "aPrev 3×4"),
        s.of("dAPrev by rows", (c, x) -> c.dAPrev = byRow(x, 3, 4), "dAPrev is 3×4", "row stride 4"),
        s.of("columns of dAPrev share places", (c, x) -> c.dAPrev = crowded(x, 3, 4), "dAPrev is 3×4", "share"),
        s.of("dAPrev in w", (c, x) -> {
          c.ofOne();
          c.dAPrev = over(c.layer.weights(), 3, 1);
        }, "dAPrev 3×1", "overlaps w 2×3"),
        s.of("dAPrev in b", (c, x) -> {
          c.ofOne();
          c.dAPrev = over(c.layer.bias(), 3, 1);
        }, "dAPrev 3×1", "overlaps b 2×1"),
        s.of("dAPrev in dZ", (c, x) -> {
          c.ofOne();
          c.dAPrev = over(c.dZ, 3, 1);
        }, "dAPrev 3×1", "overlaps dZ 2×1"),
        s.of("dAPrev in dW", (c, x) -> {
          c.ofOne();
          c.dAPrev = over(c.dW, 3, 1);
        }, "dAPrev 3×1", "overlaps dW 2×3"),
        s.of("dAPrev in db", (c, x) -> {
          c.ofOne();
          c.dAPrev = over(c.db, 3, 1);
        }, "dAPrev 3×1", "overlaps db 2×1"));
  }
  // spotless:on
}
