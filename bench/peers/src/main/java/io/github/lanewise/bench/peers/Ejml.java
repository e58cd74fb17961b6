package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML's row-major float matrices, with the operations that have no threads (not …_MT_FDRM). */
final class Ejml implements GemmPeer {
  @Override
  public String name() {
    return "ejml";
  }

  @Override
  public Kind kind() {
    return Kind.JVM;
  }

  @Override
  public String open() {
    return "EJML, CommonOps_FDRM";
  }

  /** Its matrices fill their arrays. */
  @Override
  public boolean takes(GemmShape shape) {
    return shape.dense();
  }

  @Override
  public Product prepare(GemmShape s, Operands operands) {
    FMatrixRMaj[] a = new FMatrixRMaj[operands.a().length];
    for (int copy = 0; copy < a.length; copy++) {
      a[copy] = FMatrixRMaj.wrap(s.rowsA(), s.columnsA(), operands.a()[copy]);
    }
    FMatrixRMaj b = FMatrixRMaj.wrap(s.rowsB(), s.columnsB(), operands.b());
    FMatrixRMaj c = FMatrixRMaj.wrap(s.m(), s.n(), operands.c());
    return new Call(s.variant(), a, b, c);
  }

  private record Call(String variant, FMatrixRMaj[] as, FMatrixRMaj b, FMatrixRMaj matrixC)
      implements Product {
    @Override
    public void multiply(int copy) {
      switch (variant) {
        case "NN" -> CommonOps_FDRM.mult(as[copy], b, matrixC);
        case "TN" -> CommonOps_FDRM.multTransA(as[copy], b, matrixC);
        case "NT" -> CommonOps_FDRM.multTransB(as[copy], b, matrixC);
        default -> CommonOps_FDRM.multTransAB(as[copy], b, matrixC);
      }
    }

    @Override
    public float[] c() {
      return matrixC.data;
    }
  }
}
