package io.github.lanewise.bench.peers;

import dev.ludovic.netlib.blas.JavaBLAS;
import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;

/**
 * dev.ludovic.netlib's VectorBLAS, the BLAS of Spark without native code. Column-major: a row-major
 * matrix is the transpose of a column-major one in the same memory, so C = A·B is Cᵀ = Bᵀ·Aᵀ with
 * the operands exchanged and nothing else changed. It has no threads.
 */
final class Netlib implements GemmPeer {
  @Override
  public String name() {
    return "netlib-vector";
  }

  @Override
  public Kind kind() {
    return Kind.JVM;
  }

  @Override
  public String open() throws Unavailable {
    String chosen = JavaBLAS.getInstance().getClass().getSimpleName();
    if (!chosen.equals("VectorBLAS")) {
      throw new Unavailable("netlib chooses " + chosen);
    }
    return chosen;
  }

  @Override
  public Product prepare(GemmShape shape, Operands operands) {
    return new Call(
        JavaBLAS.getInstance(),
        shape,
        shape.transA() ? "T" : "N",
        shape.transB() ? "T" : "N",
        operands);
  }

  private record Call(JavaBLAS blas, GemmShape s, String transA, String transB, Operands operands)
      implements Product {
    @Override
    public void multiply(int copy) {
      blas.sgemm(
          transB,
          transA,
          s.n(),
          s.m(),
          s.k(),
          1f,
          operands.b(),
          s.offset(),
          s.ldb(),
          operands.a()[copy],
          s.offset(),
          s.lda(),
          0f,
          operands.c(),
          s.offset(),
          s.ldc());
    }

    @Override
    public float[] c() {
      return operands.c();
    }
  }
}
