package io.github.lanewise.kernels;

/**
 * Arrays whose floats begin with a line of the cache from {@link #FIRST} on, where the virtual
 * machine lets them. A vector as long as a line that begins anywhere else takes two of them
 * (src/docs/decisions/0020).
 */
public final class Lines {
  /** Floats in a line of 64 bytes. */
  public static final int LINE = 16;

  /**
   * Floats before the first line of an array that itself begins with one: HotSpot puts the first of
   * them 16 bytes after the array's own start, or 12 with compact object headers.
   */
  public static final int FIRST = LINE - Machine.arrayHeader() / Float.BYTES;

  /** How many times as large as asked an array may become. */
  private static final int MOST = 8;

  private Lines() {}

  /**
   * An array that begins with a line, if one at most 8 times as large does: G1 gives an array of
   * more than half a region regions of its own, and leaves it there. Under other collectors it is
   * as large as asked.
   */
  public static float[] array(int floats) {
    int ownRegion = Machine.heapRegion() / 2 / Float.BYTES;
    return new float[floats < ownRegion / MOST ? floats : Math.max(floats, ownRegion)];
  }

  /** Floats in the lines that so many take. */
  public static long whole(long floats) {
    return (floats + LINE - 1) / LINE * LINE;
  }
}
