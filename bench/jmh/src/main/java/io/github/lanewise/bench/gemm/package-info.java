/** Products, and the threads beside each other. */
package io.github.lanewise.bench.gemm;
