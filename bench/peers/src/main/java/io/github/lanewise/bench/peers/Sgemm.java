package io.github.lanewise.bench.peers;

import java.lang.foreign.MemorySegment;

/** cblas_sgemm with alpha 1 and beta 0: C = op(A)·op(B). */
interface Sgemm {
  void call(
      int order,
      int transA,
      int transB,
      int m,
      int n,
      int k,
      MemorySegment a,
      int lda,
      MemorySegment b,
      int ldb,
      MemorySegment c,
      int ldc);
}
