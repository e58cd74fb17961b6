/**
 * The SIMD twin, the only package that imports {@code jdk.incubator.vector}. Top to bottom:
 *
 * <pre>
 *   SimdKernels         the seam's operations
 *   GemmDriver          which way round a product goes: lanes along C, single rows apart
 *   BlockedGemm         loops 5, 4, 3: cache blocks; reads operands in place or packs them
 *   InPlaceGemm         few rows, B in place: no blocks
 *   Pack, Transpose     layouts for packed operands
 *   MacroKernel         loops 2, 1: micro-tiles, edges
 *   RowKernel4x4v       loop 0 over k, in registers, B in place: A's rows are contiguous
 *   RowKernel8x3v, 6x4v, 6x2v    and these are a copy
 *   ColumnKernel12x2v, 8x2v, 4x2v    A's columns are
 *   …8x1v, 1x8v         where a tile is one vector wide, one row high
 *   PanelKernel12x2v    B in panels: whole tiles, with 32 registers
 *   PanelKernel6x2v     with 16, both operands packed, and loop 2 over all panels
 *   PackingKernel12x2v  with 32, B in place, which it copies into a panel: the first of few rows
 *   PanelKernel5x2v     with 16, A in place by columns: a C too small to repay a copy of A
 *   PanelKernel8x2v, 4x2v, 8x1v    A in place by rows, and edges
 *   PanelKernel4x4v     with 32, few rows beside two panels
 *   PanelKernel1x4v     a single row beside a packed network's panels
 *   SmallKernel8x1v     all of a small product, fewer columns than a vector
 *   LongRowsKernel      one row or few, along the rows of B
 *   DotKernel           a single row, by columns of B
 *   VectorActivations, VectorHadamard, VectorOptimizers, VectorMath    element by element
 *   Tiles, Lanes        how C is cut; species, registers
 * </pre>
 *
 * <p>The kernels always see C and B contiguous along the lanes. If C's columns are the contiguous
 * direction, the driver computes Cᵀ = Bᵀ·Aᵀ instead. A is read a scalar at a time, in place: along
 * its rows or along its columns, whichever are contiguous. If neither are, its rows are packed.
 *
 * <p>A block of B, k×n, packed into micropanels as wide as a tile, in lines of whole vectors (drawn
 * with vectors of 2, tiles of 4 columns, n = 10; each digit is the place in memory):
 *
 * <pre>
 *   p=0    0  1  2  3 | 12 13 14 15 | 24 25
 *   p=1    4  5  6  7 | 16 17 18 19 | 26 27
 *   p=2    8  9 10 11 | 20 21 22 23 | 28 29
 * </pre>
 *
 * <p>A block of A, m×k, packed by rows KC apart (drawn with KC = 4, m = 3, k = 3):
 *
 * <pre>
 *          p=0 p=1 p=2
 *   i=0     0   1   2         3, 7, 11 are gaps
 *   i=1     4   5   6
 *   i=2     8   9  10
 * </pre>
 *
 * <p>A block of A whose columns are contiguous is packed by columns: micropanels of 6 rows in lines
 * of 8 (with 32 registers 12 in lines of 16), KC lines each, the last one shifted back until it
 * ends with A (drawn with m = 14; only the first 6 of a line belong to a panel's tile, or what is
 * left of them):
 *
 * <pre>
 *          panel 0                     panel 1            panel 2
 *   p=0    i = 0 1 2 3 4 5 (6 7)       6 … 11 (12 13)     6 … 11 12 13
 *   p=1    i = 0 1 2 3 4 5 (6 7)       6 … 11 (12 13)     6 … 11 12 13
 * </pre>
 *
 * <p>Edges reuse the tile's own kernels. Its rows are two pairs, which overlap; the last vector of
 * a tile is shifted back until it ends with C and overlaps its neighbour (drawn with vectors of 4,
 * n = 10):
 *
 * <pre>
 *   columns     0 1 2 3 4 5 6 7 8 9
 *   vector 0    x x x x
 *   vector 1            x x x x
 *   vector 2                x x x x       6 and 7 twice, to the same bits
 * </pre>
 *
 * <p>Packed lines hold that last vector whole, as the second of two, so that the kernel's loop
 * reads B at constant places whatever the width of the edge.
 *
 * <p>No vector crosses a virtual, public or large method: C2 keeps vectors in registers only within
 * what it compiles as one piece.
 */
package io.github.lanewise.kernels.simd;
