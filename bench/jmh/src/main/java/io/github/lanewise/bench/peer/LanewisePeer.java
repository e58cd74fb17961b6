package io.github.lanewise.bench.peer;

import io.github.lanewise.FloatMatrix;
import io.github.lanewise.Gemm;
import io.github.lanewise.Lanewise;
import io.github.lanewise.Workspace;
import java.util.List;

/** Lanewise through its public door, with either of its twins. */
record LanewisePeer(String name, List<String> jvmArgs) implements GemmPeer {
  @Override
  public Kind kind() {
    return Kind.LANEWISE;
  }

  @Override
  public boolean exact() {
    return true;
  }

  /** In the JVM that only starts the forks, the scalar twin is not the one in use. */
  @Override
  public String open() throws Unavailable {
    Lanewise.Description description = Lanewise.describe();
    boolean scalar = !jvmArgs.isEmpty();
    if (!scalar && !description.kernels().equals("simd")) {
      throw new Unavailable("the scalar kernels run: " + description.reason());
    }
    return scalar ? "with " + String.join(" ", jvmArgs) : description.toString();
  }

  @Override
  public Product prepare(GemmShape s, Operands operands) {
    boolean scalar = Lanewise.describe().kernels().equals("scalar");
    if (scalar == jvmArgs.isEmpty()) {
      throw new IllegalStateException(name + " needs a JVM with " + jvmArgs);
    }
    FloatMatrix[] a = new FloatMatrix[operands.a().length];
    for (int copy = 0; copy < a.length; copy++) {
      FloatMatrix stored =
          FloatMatrix.rowMajor(operands.a()[copy], s.offset(), s.rowsA(), s.columnsA(), s.lda());
      a[copy] = s.transA() ? stored.transpose() : stored;
    }
    FloatMatrix storedB =
        FloatMatrix.rowMajor(operands.b(), s.offset(), s.rowsB(), s.columnsB(), s.ldb());
    FloatMatrix b = s.transB() ? storedB.transpose() : storedB;
    FloatMatrix c = FloatMatrix.rowMajor(operands.c(), s.offset(), s.m(), s.n(), s.ldc());
    return new Call(a, b, c, Workspace.forProducts());
  }

  private record Call(FloatMatrix[] as, FloatMatrix b, FloatMatrix cView, Workspace workspace)
      implements Product {
    @Override
    public void multiply(int copy) {
      Gemm.multiply(as[copy], b, cView, workspace);
    }

    @Override
    public float[] c() {
      return cView.array();
    }
  }
}
