/**
 * The scalar twin, plain Java: the specification of every bit, the oracle of the tests, and what
 * runs where the SIMD twin cannot. A change of meaning starts here.
 */
package io.github.lanewise.kernels.scalar;
