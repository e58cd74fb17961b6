package io.github.lanewise.bench.gemm;

import io.github.lanewise.bench.peer.GemmShape;
import io.github.lanewise.bench.peer.ShapeSet;
import java.util.List;
import picocli.CommandLine.Option;

/** Which products a command is asked for. */
final class ProductOptions {
  @Option(
      names = "--shapes",
      split = ",",
      description =
          "MxNxK[+pad][@offset], or sets of them: small, medium, large, huge, batches, batch1,"
              + " awkward, leading, sub, every.")
  List<String> shapes =
      List.of("small", "medium", "large", "batches", "batch1", "awkward", "leading", "sub");

  @Option(names = "--variants", split = ",", description = "Which operands are transposed.")
  List<String> variants = List.of("NN", "TN", "NT");

  List<GemmShape> products() {
    return ShapeSet.products(shapes, variants);
  }
}
