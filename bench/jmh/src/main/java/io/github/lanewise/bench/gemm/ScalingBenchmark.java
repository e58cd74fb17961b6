package io.github.lanewise.bench.gemm;

import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The products of {@link GemmBenchmark}, called by several threads at a time ({@code -t}), each
 * with operands, result and workspace of its own. No thread of a library has a part in it: callers
 * are all there is.
 */
@State(Scope.Thread)
public class ScalingBenchmark extends GemmBenchmark {}
