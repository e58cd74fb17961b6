package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.GemmPeer;
import io.github.lanewise.bench.peer.GemmShape;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A native library through the foreign function interface, in one of two ways.
 *
 * <p>Heap: the callee works in the Java arrays themselves, which {@code Linker.Option.critical}
 * holds in place during the call; nothing is copied. Off heap: the data live in native memory at
 * multiples of 64 bytes, as in an application that keeps them there.
 */
final class NativePeer implements GemmPeer {
  private static final long LINE = 64;

  private final NativeLibrary library;
  private final boolean heap;

  NativePeer(NativeLibrary library, boolean heap) {
    this.library = library;
    this.heap = heap;
  }

  @Override
  public String name() {
    return library.name() + (heap ? "-heap" : "-offheap");
  }

  @Override
  public Kind kind() {
    return Kind.NATIVE;
  }

  @Override
  public String open() throws Unavailable {
    return library.open();
  }

  @Override
  public Product prepare(GemmShape shape, Operands operands) {
    // Without the change of thread state either way: the library never calls back.
    Sgemm sgemm = CblasCall.of(library.sgemm(Linker.Option.critical(heap)));
    MemorySegment[] a = new MemorySegment[operands.a().length];
    for (int copy = 0; copy < a.length; copy++) {
      a[copy] = segment(operands.a()[copy]);
    }
    return new Call(sgemm, shape, a, segment(operands.b()), segment(operands.c()), operands.c());
  }

  private MemorySegment segment(float[] array) {
    MemorySegment onHeap = MemorySegment.ofArray(array);
    return heap ? onHeap : Arena.ofAuto().allocate(onHeap.byteSize(), LINE).copyFrom(onHeap);
  }

  private static final class Call implements Product {
    private final Sgemm sgemm;
    private final GemmShape shape;
    private final int transA;
    private final int transB;
    private final MemorySegment[] as;
    private final MemorySegment b;
    private final MemorySegment wholeC;
    private final MemorySegment c;
    private final float[] array;

    Call(
        Sgemm sgemm,
        GemmShape shape,
        MemorySegment[] as,
        MemorySegment b,
        MemorySegment c,
        float[] array) {
      this.sgemm = sgemm;
      this.shape = shape;
      this.transA = shape.transA() ? CblasCall.TRANS : CblasCall.NO_TRANS;
      this.transB = shape.transB() ? CblasCall.TRANS : CblasCall.NO_TRANS;
      this.as = as;
      long start = (long) Float.BYTES * shape.offset();
      for (int copy = 0; copy < as.length; copy++) {
        as[copy] = as[copy].asSlice(start);
      }
      this.b = b.asSlice(start);
      this.wholeC = c;
      this.c = c.asSlice(start);
      this.array = array;
    }

    @Override
    public void multiply(int copy) {
      sgemm.call(
          CblasCall.ROW_MAJOR,
          transA,
          transB,
          shape.m(),
          shape.n(),
          shape.k(),
          as[copy],
          shape.lda(),
          b,
          shape.ldb(),
          c,
          shape.ldc());
    }

    @Override
    public float[] c() {
      MemorySegment.copy(wholeC, ValueLayout.JAVA_FLOAT, 0, array, 0, array.length);
      return array;
    }
  }
}
