package io.github.lanewise.bench.peers;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.InputStream;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The fastest way there is from Java into one native function. C2 compiles a downcall into the
 * caller only where the method handle is a constant, so every function gets a hidden copy of this
 * class with the handle in a static final field.
 */
final class CblasCall implements Sgemm {
  /** void cblas_sgemm(order, transA, transB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc). */
  static final FunctionDescriptor TYPE =
      FunctionDescriptor.ofVoid(
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT,
          ADDRESS,
          JAVA_INT,
          JAVA_FLOAT,
          ADDRESS,
          JAVA_INT);

  static final int ROW_MAJOR = 101;
  static final int NO_TRANS = 111;
  static final int TRANS = 112;

  private static final MethodHandle SGEMM = handle();

  /** Null in this class itself, of which there is never an instance. */
  private static MethodHandle handle() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      return lookup.lookupClass().isHidden()
          ? MethodHandles.classData(lookup, "_", MethodHandle.class)
          : null;
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  /** Makes the function of a handle of {@link #TYPE} callable. */
  static Sgemm of(MethodHandle sgemm) {
    try (InputStream in = CblasCall.class.getResourceAsStream("CblasCall.class")) {
      MethodHandles.Lookup copy =
          MethodHandles.lookup().defineHiddenClassWithClassData(in.readAllBytes(), sgemm, true);
      return (Sgemm)
          copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new AssertionError("no hidden class for a downcall", e);
    }
  }

  @Override
  public void call(
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
      int ldc) {
    try {
      SGEMM.invokeExact(order, transA, transB, m, n, k, 1f, a, lda, b, ldb, 0f, c, ldc);
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }
}
