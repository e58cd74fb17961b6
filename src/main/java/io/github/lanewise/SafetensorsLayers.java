package io.github.lanewise;

import io.github.lanewise.SafetensorsHeader.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How tensors and metadata of a safetensors file describe a network: the convention that {@link
 * Safetensors} documents, in both directions.
 */
final class SafetensorsLayers {
  private static final String FORMAT = "lanewise.format";
  private static final String VERSION = "1";
  private static final String ACTIVATIONS = "lanewise.activations";

  private static final Comparator<String> NATURAL_ORDER =
      ((Comparator<String>) SafetensorsLayers::compareNaturally)
          .thenComparing(Comparator.naturalOrder()); // "01" and "1"

  private SafetensorsLayers() {}

  /** A layer in a file: weight is [outputs, inputs], bias is [outputs]. */
  record Layer(Tensor weight, Tensor bias) {
    int outputs() {
      return weight.shape().getFirst().intValue();
    }

    int inputs() {
      return weight.shape().getLast().intValue();
    }
  }

  /** Pairs the tensors and checks that the pairs are layers and form a chain. */
  static List<Layer> layers(SafetensorsHeader header) throws IOException {
    Map<String, Tensor> tensors = header.tensors();
    NavigableMap<String, Layer> pairs = new TreeMap<>(NATURAL_ORDER);
    for (Tensor tensor : tensors.values()) {
      String prefix = tensor.name().substring(0, tensor.name().lastIndexOf('.') + 1);
      Tensor weight = tensors.get(prefix + "weight");
      Tensor bias = tensors.get(prefix + "bias");
      if (weight == null || bias == null || (tensor != weight && tensor != bias)) {
        throw header.malformed(
            tensor + " is not one of a pair \"" + prefix + "weight\" and \"" + prefix + "bias\"");
      }
      checkParameter(header, tensor, tensor == weight ? 2 : 1);
      pairs.put(prefix, new Layer(weight, bias));
    }
    List<Layer> layers = List.copyOf(pairs.values());
    if (layers.isEmpty()) {
      throw header.malformed("there are no layers in it");
    }
    for (int l = 0; l < layers.size(); l++) {
      Layer layer = layers.get(l);
      if (layer.bias.shape().getFirst() != layer.outputs()) {
        throw header.malformed(
            layer.bias + " must have one element for each row of " + layer.weight);
      }
      if (l > 0 && layer.inputs() != layers.get(l - 1).outputs()) {
        throw header.malformed(
            layer.weight + " must have one column for each row of " + layers.get(l - 1).weight);
      }
    }
    return layers;
  }

  /** The activations that a file written by {@link #header} names, counted before they are read. */
  static List<Activation> activations(SafetensorsHeader header, int layers) throws IOException {
    String names = header.metadata().get(ACTIVATIONS);
    if (names == null || !VERSION.equals(header.metadata().get(FORMAT))) {
      throw header.malformed(
          "metadata lacks "
              + ACTIVATIONS
              + " or "
              + FORMAT
              + " "
              + VERSION
              + "; without them, load(file, activations) is the way");
    }
    long count = names.chars().filter(c -> c == ',').count() + 1;
    if (count != layers) {
      throw header.malformed(layers + " layers, but metadata names " + count + " activations");
    }
    try {
      return Arrays.stream(names.split(",", -1)).map(Activation::parse).toList();
    } catch (IllegalArgumentException e) {
      throw header.malformed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The header's JSON for a file whose data is the network's parameters, each tensor row by row.
   */
  static String header(Network network) {
    String activations =
        network.layers().stream()
            .map(layer -> layer.activation().toString())
            .collect(Collectors.joining(","));
    // "pt" is what Python's loaders look for: tensors as PyTorch lays them out.
    StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"");
    json.append(",\"" + FORMAT + "\":\"" + VERSION + "\"");
    json.append(",\"" + ACTIVATIONS + "\":\"" + activations + "\"}");
    for (int l = 0; l < network.layers().size(); l++) {
      int nIn = network.layers().get(l).inputs();
      int nOut = network.layers().get(l).outputs();
      long w = (long) Float.BYTES * network.weightOffset(l);
      long b = (long) Float.BYTES * network.biasOffset(l);
      long end = b + (long) Float.BYTES * nOut;
      json.append(member("layers." + l + ".weight", List.of(nOut, nIn), w, b));
      json.append(member("layers." + l + ".bias", List.of(nOut), b, end));
    }
    return json.append('}').toString();
  }

  private static String member(String name, List<Integer> shape, long begin, long end) {
    return ",\""
        + name
        + "\":{\"dtype\":\"F32\",\"shape\":"
        + shape
        + ",\"data_offsets\":["
        + begin
        + ", "
        + end
        + "]}";
  }

  private static void checkParameter(SafetensorsHeader header, Tensor tensor, int rank)
      throws IOException {
    if (!tensor.dtype().equals("F32")) {
      throw header.malformed(tensor + " must be F32; other dtypes are not converted");
    }
    List<Long> shape = tensor.shape();
    if (shape.size() != rank || shape.stream().anyMatch(n -> n < 1 || n > Integer.MAX_VALUE)) {
      throw header.malformed(
          tensor + " must have a shape of " + rank + " numbers, each from 1 to 2147483647");
    }
  }

  /** As text, but runs of digits by their value: "2." comes before "10.". */
  private static int compareNaturally(String x, String y) {
    int i = 0;
    int j = 0;
    while (i < x.length() && j < y.length()) {
      int order;
      int iEnd = skip("0123456789", x, i, x.length());
      int jEnd = skip("0123456789", y, j, y.length());
      if (iEnd > i && jEnd > j) {
        i = skip("0", x, i, iEnd);
        j = skip("0", y, j, jEnd);
        order = Integer.compare(iEnd - i, jEnd - j); // the number with more digits is larger
        if (order == 0) {
          order = x.substring(i, iEnd).compareTo(y.substring(j, jEnd));
        }
        i = iEnd;
        j = jEnd;
      } else {
        order = Character.compare(x.charAt(i++), y.charAt(j++));
      }
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(x.length() - i, y.length() - j);
  }

  /** Where the run of these characters ends that begins at an index, if one does. */
  private static int skip(String characters, String text, int begin, int end) {
    int i = begin;
    while (i < end && characters.indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }
}
