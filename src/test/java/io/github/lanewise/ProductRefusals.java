package io.github.lanewise;

import static io.github.lanewise.Refusal.illegal;
import static io.github.lanewise.Refusal.ofNull;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the products refuse. */
final class ProductRefusals {
  private static final Workspace WORKSPACE = Workspace.forProducts();

  private ProductRefusals() {}

  static Stream<Refusal> all() {
    List<Refusal> all = new ArrayList<>();
    product(all, "Gemm.multiply", Gemm::multiply);
    product(all, "Gemm.multiply", (a, b, c) -> Gemm.multiply(a, b, c, WORKSPACE));
    product(all, "Gemm.multiplyAdd", Gemm::multiplyAdd);
    product(all, "Gemm.multiplyAdd", (a, b, c) -> Gemm.multiplyAdd(a, b, c, WORKSPACE));
    workspaces(all);
    sgemm(all);
    return all.stream();
  }

  private interface Product {
    void run(FloatMatrix a, FloatMatrix b, FloatMatrix c);
  }

  // spotless:off
  private static void product(List<Refusal> all, String method, Product p) {
    all.addAll(List.of(
        ofNull(method, "a", x -> p.run(null, x.matrix(3, 4), x.matrix(2, 4))),
        ofNull(method, "b", x -> p.run(x.matrix(2, 3), null, x.matrix(2, 4))),
        ofNull(method, "c", x -> p.run(x.matrix(2, 3), x.matrix(3, 4), null)),
        illegal(method, "inner sizes", x -> p.run(x.matrix(2, 3), x.matrix(5, 4), x.matrix(2, 4)), "a is 2×3", "b is 5×4"),
        illegal(method, "rows of c", x -> p.run(x.matrix(2, 3), x.matrix(3, 4), x.matrix(3, 4)), "c is 3×4", "2×4", "a 2×3", "b 3×4"),
        illegal(method, "columns of c", x -> p.run(x.matrix(2, 3), x.matrix(3, 4), x.matrix(2, 5)), "c is 2×5", "2×4"),
        illegal(method, "c transposed", x -> p.run(x.matrix(2, 3), x.matrix(3, 4), x.matrix(4, 2)), "c is 4×2", "2×4"),
        illegal(method, "sizes differ though k is 0", x -> p.run(x.matrix(2, 0), x.matrix(0, 4), x.matrix(2, 3)), "c is 2×3", "2×4"),
        illegal(method, "no stride of c is 1", x -> p.run(x.matrix(2, 3), x.matrix(3, 4), new FloatMatrix(x.floats(99), 0, 2, 4, 2, 5)), "c is 2×4", "2", "5", "must be 1"),
        illegal(method, "rows of c share places", x -> p.run(x.matrix(2, 3), x.matrix(3, 4), new FloatMatrix(x.floats(99), 0, 2, 4, 3, 1)), "c is 2×4", "share"),
        illegal(method, "columns of c share places", x -> p.run(x.matrix(2, 3), x.matrix(3, 4), new FloatMatrix(x.floats(99), 0, 2, 4, 1, 1)), "c is 2×4", "share"),
        illegal(method, "c is a", x -> {
          FloatMatrix a = x.matrix(3, 3);
          p.run(a, x.matrix(3, 3), a);
        }, "c 3×3", "overlaps a 3×3"),
        illegal(method, "c is b", x -> {
          FloatMatrix b = x.matrix(3, 3);
          p.run(x.matrix(3, 3), b, b);
        }, "c 3×3", "overlaps b 3×3"),
        illegal(method, "c is a's transpose", x -> {
          FloatMatrix a = x.matrix(3, 3);
          p.run(a, x.matrix(3, 3), a.transpose());
        }, "c 3×3", "overlaps a 3×3"),
        illegal(method, "c shares one element with b", x -> {
          FloatMatrix all3x7 = x.matrix(3, 7);
          p.run(x.matrix(3, 3), all3x7.subMatrix(0, 0, 3, 4), all3x7.subMatrix(0, 3, 3, 4));
        }, "c 3×4", "overlaps b 3×4")));
  }

  private static void workspaces(List<Refusal> all) {
    all.addAll(List.of(
        ofNull("Gemm.multiply", "workspace", x -> Gemm.multiply(x.matrix(2, 3), x.matrix(3, 4), x.matrix(2, 4), null)),
        ofNull("Gemm.multiplyAdd", "workspace", x -> Gemm.multiplyAdd(x.matrix(2, 3), x.matrix(3, 4), x.matrix(2, 4), null))));
  }

  private static void sgemm(List<Refusal> all) {
    Spoiled<Sgemm> s = new Spoiled<>("Blas.sgemm", Sgemm::new, Sgemm::run);
    all.addAll(List.of(
        ofNull("Blas.sgemm", "workspace", x -> Blas.sgemm("N", "N", 1, 1, 1, 1, x.floats(1), 0, 1, x.floats(1), 0, 1, 1, x.floats(1), 0, 1, null)),
        s.ofNull("transA", (c, x) -> c.transA = null),
        s.ofNull("transB", (c, x) -> c.transB = null),
        s.ofNull("a", (c, x) -> c.a = null),
        s.ofNull("b", (c, x) -> c.b = null),
        s.ofNull("c", (c, x) -> c.c = null),
        s.of("transA", (c, x) -> c.transA = "X", "transA", "\"X\""),
        s.of("transB", (c, x) -> c.transB = "", "transB", "\"\""),
        s.of("m", (c, x) -> c.m = -1, "m is -1"),
        s.of("n", (c, x) -> c.n = -1, "n is -1"),
        s.of("k", (c, x) -> c.k = -1, "k is -1"),
        s.of("lda", (c, x) -> c.lda = 1, "lda is 1", "2"),
        s.of("lda of a transposed A", (c, x) -> c.transA = "T", "lda is 2", "3"),
        s.of("lda though A is empty", (c, x) -> {
          c.m = 0;
          c.lda = 0;
        }, "lda is 0"),
        s.of("ldb", (c, x) -> c.ldb = 2, "ldb is 2", "3"),
        s.of("ldb of a transposed B", (c, x) -> c.transB = "c", "ldb is 3", "4"),
        s.of("ldc", (c, x) -> c.ldc = 1, "ldc is 1", "2"),
        s.of("a too short", (c, x) -> c.a = x.floats(5), "a is float[5]", "2×3"),
        s.of("b too short from its offset", (c, x) -> c.bOffset = 1, "b is float[12]", "3×4", "12 from offset 1"),
        s.of("c too short", (c, x) -> c.c = x.floats(7), "c is float[7]", "2×4"),
        s.of("c too short though only scaled", (c, x) -> {
          c.k = 0;
          c.c = x.floats(7);
        }, "c is float[7]", "2×4"),
        s.of("aOffset", (c, x) -> c.aOffset = -1, "aOffset is -1"),
        s.of("bOffset", (c, x) -> c.bOffset = -1, "bOffset is -1"),
        s.of("cOffset", (c, x) -> c.cOffset = -1, "cOffset is -1"),
        s.of("c overlaps a", (c, x) -> {
          c.a = x.floats(13);
          c.c = c.a;
          c.cOffset = 5;
        }, "c 2×4", "overlaps a 2×3"),
        s.of("c overlaps b", (c, x) -> {
          c.b = x.floats(19);
          c.bOffset = 7;
          c.c = c.b;
        }, "c 2×4", "overlaps b 3×4")));
  }
  // spotless:on

  /** C = 2·A·B + 3·C with A 2×3, B 3×4, C 2×4, each in an array that it fills. */
  private static final class Sgemm {
    String transA = "N";
    String transB = "N";
    int m = 2;
    int n = 4;
    int k = 3;
    float[] a;
    int aOffset;
    int lda = 2;
    float[] b;
    int bOffset;
    int ldb = 3;
    float[] c;
    int cOffset;
    int ldc = 2;

    Sgemm(Refusal.Watched x) {
      a = x.floats(6);
      b = x.floats(12);
      c = x.floats(8);
    }

    void run() {
      Blas.sgemm(transA, transB, m, n, k, 2, a, aOffset, lda, b, bOffset, ldb, 3, c, cOffset, ldc);
    }
  }
}
