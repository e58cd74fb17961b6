package io.github.lanewise.bench.peers;

import io.github.lanewise.bench.peer.Mlp;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A network as the bytes of an ONNX file: Gemm with transB (W as nOut rows of nIn) and Relu, one
 * after the other. The few fields of the format that this needs are written here (onnx.proto3): a
 * field is its number and wire type, then a varint or a length and as many bytes.
 */
final class OnnxModel {
  private static final int FLOAT = 1;
  private static final int ATTRIBUTE_INT = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  private OnnxModel() {}

  static byte[] of(Mlp mlp, int batch) {
    OnnxModel graph = new OnnxModel();
    for (int l = 0; l < mlp.layers(); l++) {
      boolean last = l == mlp.layers() - 1;
      OnnxModel gemm = new OnnxModel();
      gemm.text(1, "a" + l).text(1, "w" + l).text(1, "b" + l);
      gemm.text(2, last ? "y" : "z" + l).text(4, "Gemm");
      gemm.message(
          5,
          new OnnxModel()
              .text(1, "transB")
              .number(3, 1)
              .number(20, ATTRIBUTE_INT)); // AttributeProto
      graph.message(1, gemm);
      if (!last) {
        graph.message(
            1,
            new OnnxModel().text(1, "z" + l).text(2, "a" + (l + 1)).text(4, "Relu")); // NodeProto
      }
    }
    graph.text(2, "mlp");
    for (int l = 0; l < mlp.layers(); l++) {
      graph.message(5, tensor("w" + l, mlp.weights(l), mlp.size(l + 1), mlp.size(l)));
      graph.message(5, tensor("b" + l, mlp.bias(l), mlp.size(l + 1)));
    }
    graph.message(11, value("a0", batch, mlp.inputs()));
    graph.message(12, value("y", batch, mlp.outputs()));
    OnnxModel opset = new OnnxModel().text(1, "").number(2, 13);
    return new OnnxModel().number(1, 8).message(7, graph).message(8, opset).bytes.toByteArray();
  }

  /** TensorProto. */
  private static OnnxModel tensor(String name, float[] values, int... dims) {
    OnnxModel tensor = new OnnxModel();
    for (int dim : dims) {
      tensor.number(1, dim);
    }
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
  }

  /** ValueInfoProto. */
  private static OnnxModel value(String name, int rows, int columns) {
    OnnxModel shape = new OnnxModel();
    shape
        .message(1, new OnnxModel().number(1, rows))
        .message(1, new OnnxModel().number(1, columns));
    OnnxModel tensor = new OnnxModel().number(1, FLOAT).message(2, shape);
    return new OnnxModel().text(1, name).message(2, new OnnxModel().message(1, tensor));
  }

  private OnnxModel number(int field, long value) {
    varint(field << 3);
    varint(value);
    return this;
  }

  private OnnxModel text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private OnnxModel message(int field, OnnxModel value) {
    return bytes(field, value.bytes.toByteArray());
  }

  private OnnxModel bytes(int field, byte[] value) {
    varint(field << 3 | 2);
    varint(value.length);
    bytes.writeBytes(value);
    return this;
  }

  private void varint(long value) {
    long left = value;
    while (left > 0x7f) {
      bytes.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    bytes.write((int) left);
  }
}
