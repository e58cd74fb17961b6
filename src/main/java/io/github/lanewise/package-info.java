/**
 * Dense neural-network layers on the CPU: products, layers, networks and their training, in plain
 * Java on hand-written SIMD kernels.
 *
 * <p>Everything computed here has the same bits on every machine, at every vector width, batch size
 * and thread count: an element of a product is one chain of fused multiply-adds in ascending order,
 * and activations are polynomials of exactly defined operations.
 *
 * <pre>
 *   Z = W·Aprev + b        A = g(Z)                          {@link io.github.lanewise.DenseLayer}
 *   dZ = dA ⊙ g'(Z)        db = Σ over examples of dZ        {@link io.github.lanewise.Hadamard}
 *   dW = dZ·Aprevᵀ         dAprev = Wᵀ·dZ                    {@link io.github.lanewise.Gemm}
 *
 *   W: nOut×nIn    Aprev: nIn×m    Z, A, dA, dZ: nOut×m    b, db: nOut×1    m examples
 * </pre>
 *
 * <p>Layers store a matrix column by column. An example is a column, so its features are
 * contiguous, and a batch is the (batch, features) row-major array of other libraries:
 *
 * <pre>
 *   Aprev, 3 features × 2 examples        in memory
 *      x0  y0                             x0 x1 x2 | y0 y1 y2
 *      x1  y1
 *      x2  y2
 * </pre>
 *
 * <p>Arrays and views of arrays go in; no call allocates, starts a thread or keeps a reference once
 * it returns, except where its documentation says so. Methods that take only shapes and views are
 * safe for any number of threads as long as nobody writes what they read; a {@link
 * io.github.lanewise.Workspace} and an {@link io.github.lanewise.Optimizer} belong to one thread at
 * a time. A null argument is a {@link java.lang.NullPointerException} that names it.
 */
package io.github.lanewise;
