package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R032Store;

/**
 * ojAlgo's float matrices. Column-major: a row-major matrix is the transpose of a column-major one
 * in the same memory, so C = A·B is Cᵀ = Bᵀ·Aᵀ. Pinned by OjAlgoUtils.limitThreadsTo(1).
 */
final class OjAlgo implements GemmPeer {
  @Override
  public String name() {
    return "ojalgo";
  }

  @Override
  public Kind kind() {
    return Kind.JVM;
  }

  @Override
  public String open() {
    OjAlgoUtils.limitThreadsTo(1);
    return "ojAlgo " + OjAlgoUtils.getVersion() + ", threads " + OjAlgoUtils.ENVIRONMENT.threads;
  }

  /** Its matrices fill their arrays. */
  @Override
  public boolean takes(GemmShape shape) {
    return shape.dense();
  }

  @Override
  public Product prepare(GemmShape s, Operands operands) {
    @SuppressWarnings({"unchecked", "rawtypes"})
    MatrixStore<Double>[] a = new MatrixStore[operands.a().length];
    for (int copy = 0; copy < a.length; copy++) {
      R032Store stored = R032Store.wrap(operands.a()[copy], s.columnsA());
      a[copy] = s.transA() ? stored.transpose() : stored;
    }
    R032Store stored = R032Store.wrap(operands.b(), s.columnsB());
    MatrixStore<Double> b = s.transB() ? stored.transpose() : stored;
    return new Call(a, b, R032Store.wrap(operands.c(), s.n()), operands.c());
  }

  private record Call(
      MatrixStore<Double>[] as, MatrixStore<Double> b, R032Store transposedC, float[] c)
      implements Product {
    @Override
    public void multiply(int copy) {
      transposedC.fillByMultiplying(b, as[copy]);
    }
  }
}
