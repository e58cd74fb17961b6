/**
 * Products: what is multiplied, the check before a time counts, and the threads beside each other.
 */
package io.github.lanewise.bench.gemm;
