package io.github.lanewise;

import io.github.lanewise.kernels.ActivationKind;
import io.github.lanewise.kernels.scalar.ScalarActivations;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An activation A = g(Z), applied to every element, with its derivative g'. Where calculus allows,
 * g' is computed from A, so that Z need not be kept; otherwise from Z ({@link #derivativeFromA()}).
 *
 * <table>
 *   <caption>Formulae. g(NaN) is NaN, relu's included, and so is g'(NaN), but for identity's.</caption>
 *   <tr><th>name</th><th>g(z)</th><th>g'</th></tr>
 *   <tr><td>identity</td><td>z</td><td>1</td></tr>
 *   <tr><td>relu</td><td>max(z, 0)</td><td>1 if a &gt; 0, else 0</td></tr>
 *   <tr><td>leaky_relu</td><td>z if z &gt; 0, else slope·z</td><td>1 if a &gt; 0, else slope</td></tr>
 *   <tr><td>elu</td><td>z if z &gt; 0, else α(e^z − 1)</td><td>1 if a &gt; 0, else a + α</td></tr>
 *   <tr><td>sigmoid</td><td>1/(1 + e^−z)</td><td>a(1 − a)</td></tr>
 *   <tr><td>tanh</td><td>tanh z</td><td>1 − a²</td></tr>
 *   <tr><td>softplus</td><td>log(1 + e^z)</td><td>1 − e^−a</td></tr>
 *   <tr><td>gelu</td><td>z·Φ(z), Φ by erf</td><td>Φ(z) + z·φ(z)</td></tr>
 *   <tr><td>gelu_tanh</td><td>z/2·(1 + tanh(√(2/π)(z + 0.044715z³)))</td><td>from z</td></tr>
 *   <tr><td>silu</td><td>z·sigmoid(z)</td><td>from z</td></tr>
 *   <tr><td>hardswish</td><td>z·min(max(z + 3, 0), 6)/6</td><td>from z</td></tr>
 * </table>
 */
public final class Activation {
  /** g(z) = z. */
  public static final Activation IDENTITY = new Activation(ActivationKind.IDENTITY, 0);

  /** Rectified linear unit, max(z, 0). */
  public static final Activation RELU = new Activation(ActivationKind.RELU, 0);

  /** Logistic function, 1/(1 + e^−z). */
  public static final Activation SIGMOID = new Activation(ActivationKind.SIGMOID, 0);

  /** Hyperbolic tangent. */
  public static final Activation TANH = new Activation(ActivationKind.TANH, 0);

  /** log(1 + e^z). */
  public static final Activation SOFTPLUS = new Activation(ActivationKind.SOFTPLUS, 0);

  /** Gaussian error linear unit, exact, by erf (Hendrycks and Gimpel, 2016). */
  public static final Activation GELU = new Activation(ActivationKind.GELU, 0);

  /** The tanh approximation of {@link #GELU}: another function, with other values. */
  public static final Activation GELU_TANH = new Activation(ActivationKind.GELU_TANH, 0);

  /** z·sigmoid(z), also called swish. */
  public static final Activation SILU = new Activation(ActivationKind.SILU, 0);

  /** z·min(max(z + 3, 0), 6)/6 (Howard et al., MobileNetV3, 2019). */
  public static final Activation HARDSWISH = new Activation(ActivationKind.HARDSWISH, 0);

  private final ActivationKind kind;
  private final float parameter;

  private Activation(ActivationKind kind, float parameter) {
    this.kind = kind;
    this.parameter = parameter;
  }

  /**
   * z for z &gt; 0, else slope·z.
   *
   * @param slope in [0, 1), so that the sign of A tells that of Z
   * @return the activation
   * @throws IllegalArgumentException if slope is outside, or NaN
   */
  public static Activation leakyRelu(float slope) {
    return new Activation(ActivationKind.LEAKY_RELU, Check.inRange("slope", slope, 0, 1));
  }

  /**
   * Exponential linear unit: z for z &gt; 0, else alpha·(e^z − 1).
   *
   * @param alpha finite and at least 0
   * @return the activation
   * @throws IllegalArgumentException if alpha is not
   */
  public static Activation elu(float alpha) {
    return new Activation(
        ActivationKind.ELU, Check.inRange("alpha", alpha, 0, Float.POSITIVE_INFINITY));
  }

  /**
   * Reads what {@link #toString()} writes, for example {@code relu} or {@code leaky_relu(0.01)}.
   *
   * @param text the name, with the parameter in brackets where there is one
   * @return the activation
   * @throws IllegalArgumentException if there is no such activation
   */
  public static Activation parse(String text) {
    Objects.requireNonNull(text, "text");
    return switch (text) {
      case "identity" -> IDENTITY;
      case "relu" -> RELU;
      case "sigmoid" -> SIGMOID;
      case "tanh" -> TANH;
      case "softplus" -> SOFTPLUS;
      case "gelu" -> GELU;
      case "gelu_tanh" -> GELU_TANH;
      case "silu" -> SILU;
      case "hardswish" -> HARDSWISH;
      default -> parseParameter(text);
    };
  }

  private static Activation parseParameter(String text) {
    Matcher call = Pattern.compile("(\\w+)\\((.*)\\)").matcher(text);
    String name = call.matches() ? call.group(1) : "";
    if (!name.equals("leaky_relu") && !name.equals("elu")) {
      throw Check.illegal("\"%s\" is no known activation", text);
    }
    float parameter;
    try {
      parameter = Float.parseFloat(call.group(2));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" has no number in brackets", e);
    }
    return name.equals("elu") ? elu(parameter) : leakyRelu(parameter);
  }

  /** {@return whether g' is computed from A; otherwise from Z} */
  public boolean derivativeFromA() {
    return kind.derivativeFromA();
  }

  /**
   * A single g(z), the same bits as in a matrix.
   *
   * @param z any number
   * @return g(z)
   */
  public float value(float z) {
    return ScalarActivations.value(kind, parameter, z);
  }

  /**
   * g' at a single number.
   *
   * @param saved a = g(z) if {@link #derivativeFromA()}, else z
   * @return g'
   */
  public float derivative(float saved) {
    return ScalarActivations.derivative(kind, parameter, saved);
  }

  /**
   * A = g(Z).
   *
   * @param z nOut×m, stored column by column
   * @param a nOut×m, stored column by column; z itself, or without overlap
   * @throws IllegalArgumentException if the shapes differ, a column is not contiguous, or they
   *     overlap
   */
  public void apply(FloatMatrix z, FloatMatrix a) {
    Objects.requireNonNull(z, "z");
    Check.shape("a", a, z.rows(), z.columns(), "z", z);
    Check.contiguousColumns("z", z);
    Check.writableColumns("a", a);
    Check.sameOrApart("a", a, "z", z);
    apply(
        z.columns(),
        z.rows(),
        z.array(),
        z.offset(),
        z.columnStride(),
        a.array(),
        a.offset(),
        a.columnStride());
  }

  void apply(int m, int n, float[] z, int zOff, int ldZ, float[] a, int aOff, int ldA) {
    Lanewise.kernels().activate(kind, parameter, m, n, z, zOff, ldZ, a, aOff, ldA);
  }

  ActivationKind kind() {
    return kind;
  }

  float parameter() {
    return parameter;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Activation that
        && kind == that.kind
        && Float.compare(parameter, that.parameter) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(kind, parameter);
  }

  /** The name, with the parameter in brackets where there is one. */
  @Override
  public String toString() {
    return switch (kind) {
      case IDENTITY -> "identity";
      case RELU -> "relu";
      case LEAKY_RELU -> "leaky_relu(" + parameter + ")";
      case ELU -> "elu(" + parameter + ")";
      case SIGMOID -> "sigmoid";
      case TANH -> "tanh";
      case SOFTPLUS -> "softplus";
      case GELU -> "gelu";
      case GELU_TANH -> "gelu_tanh";
      case SILU -> "silu";
      case HARDSWISH -> "hardswish";
    };
  }
}
