package io.github.lanewise.bench.peer;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A product C = op(A)·op(B) of row-major matrices, C m×n over k terms. The variant says which
 * operand is stored transposed, as in NN, TN (A is stored k×m) and NT (B is stored n×k).
 *
 * <p>As text: {@code MxNxK}, for a dense layer (outputs)x(batch)x(inputs). {@code +P} makes every
 * leading dimension P longer than the row it holds, {@code @O} starts every operand at element O of
 * its array; both together are blocks of larger matrices, as in {@code 100x100x100+924@5167}.
 */
public record GemmShape(String variant, int m, int n, int k, int pad, int offset) {
  private static final Pattern TEXT =
      Pattern.compile("(\\d+)x(\\d+)x(\\d+)(?:\\+(\\d+))?(?:@(\\d+))?");

  /** Reads what {@link #text} writes. */
  public static GemmShape parse(String variant, String text) {
    Matcher shape = TEXT.matcher(text);
    if (!variant.matches("[NT]{2}") || !shape.matches()) {
      throw new IllegalArgumentException(
          variant + " " + text + " is no shape: NN, TN, NT or TT and MxNxK[+pad][@offset]");
    }
    return new GemmShape(
        variant,
        number(shape.group(1)),
        number(shape.group(2)),
        number(shape.group(3)),
        number(shape.group(4)),
        number(shape.group(5)));
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  public boolean transA() {
    return variant.charAt(0) == 'T';
  }

  public boolean transB() {
    return variant.charAt(1) == 'T';
  }

  /** Rows and columns as they lie in memory; leading dimensions are distances between rows. */
  public int rowsA() {
    return transA() ? k : m;
  }

  public int columnsA() {
    return transA() ? m : k;
  }

  public int rowsB() {
    return transB() ? n : k;
  }

  public int columnsB() {
    return transB() ? k : n;
  }

  public int lda() {
    return columnsA() + pad;
  }

  public int ldb() {
    return columnsB() + pad;
  }

  public int ldc() {
    return n + pad;
  }

  public int lengthA() {
    return offset + rowsA() * lda();
  }

  public int lengthB() {
    return offset + rowsB() * ldb();
  }

  public int lengthC() {
    return offset + m * ldc();
  }

  /** Index of op(A)'s element (i, p), wherever it lies. */
  public int indexA(int i, int p) {
    return offset + (transA() ? p * lda() + i : i * lda() + p);
  }

  public int indexB(int p, int j) {
    return offset + (transB() ? j * ldb() + p : p * ldb() + j);
  }

  public int indexC(int i, int j) {
    return offset + i * ldc() + j;
  }

  /** Whether the matrices fill their arrays, as libraries without leading dimensions need. */
  public boolean dense() {
    return pad == 0 && offset == 0;
  }

  /** Whether all three sizes are the same. */
  public boolean square() {
    return m == n && n == k;
  }

  /** Two for each multiply-add. */
  public double flops() {
    return 2.0 * m * n * k;
  }

  /** Bytes of A, the weights of a layer. */
  public long bytesA() {
    return (long) Float.BYTES * m * k;
  }

  /** The shape without the variant, as {@link #parse} reads it. */
  public String text() {
    return m + "x" + n + "x" + k + (pad > 0 ? "+" + pad : "") + (offset > 0 ? "@" + offset : "");
  }

  @Override
  public String toString() {
    return variant + " " + text();
  }
}
