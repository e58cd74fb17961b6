package io.github.lanewise;

import static io.github.lanewise.Refusal.ofNull;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;

/** What a request refuses, from arrays, segments and buffers, and what a packed network does. */
final class RequestRefusals {
  private static final Network NETWORK =
      Network.builder(3).dense(4, Activation.SILU).dense(2, Activation.IDENTITY).build(1);

  private static final PackedNetwork PACKED = PackedNetwork.of(NETWORK);

  private RequestRefusals() {}

  static Stream<Refusal> all() {
    return Stream.of(
            List.of(ofNull("PackedNetwork.of", "network", x -> PackedNetwork.of(null))),
            arrays(),
            segments("Network.run", (c, r) -> r.segments(NETWORK)),
            segments("PackedNetwork.run", (c, r) -> r.segments(PACKED)),
            buffers("Network.run", (c, r) -> r.buffers(NETWORK)),
            buffers("PackedNetwork.run", (c, r) -> r.buffers(PACKED)),
            parameters())
        .flatMap(List::stream);
  }

  private interface Call {
    void accept(String name, Request request);
  }

  /** The arguments of a batch of 5, each as long as it has to be. */
  private static final class Request {
    final Network network;
    float[] in;
    float[] out;
    MemorySegment inSegment;
    MemorySegment outSegment;
    FloatBuffer inBuffer;
    FloatBuffer outBuffer;
    int inOffset;
    int batch = 5;
    int outOffset;
    Workspace workspace = Workspace.forInference(PACKED, 5);

    Request(Refusal.Watched x) {
      network = x.watch(NETWORK);
      in = x.floats(15);
      out = x.floats(10);
      inSegment = MemorySegment.ofArray(in);
      outSegment = MemorySegment.ofArray(out);
      inBuffer = FloatBuffer.wrap(in);
      outBuffer = FloatBuffer.wrap(out);
    }

    void arrays(PackedNetwork packed) {
      packed.run(in, inOffset, batch, out, outOffset, workspace);
    }

    void segments(Network network) {
      network.run(inSegment, inOffset, batch, outSegment, outOffset, workspace);
    }

    void segments(PackedNetwork packed) {
      packed.run(inSegment, inOffset, batch, outSegment, outOffset, workspace);
    }

    void buffers(Network network) {
      network.run(inBuffer, inOffset, batch, outBuffer, outOffset, workspace);
    }

    void buffers(PackedNetwork packed) {
      packed.run(inBuffer, inOffset, batch, outBuffer, outOffset, workspace);
    }
  }

  // spotless:off
  private static List<Refusal> arrays() {
    Spoiled<Request> s = new Spoiled<>("PackedNetwork.run", Request::new, r -> r.arrays(PACKED));
    return List.of(
        s.ofNull("in", (c, x) -> c.in = null),
        s.ofNull("out", (c, x) -> c.out = null),
        s.ofNull("workspace", (c, x) -> c.workspace = null),
        s.of("no batch", (c, x) -> c.batch = 0, "batch is 0", "5"),
        s.of("batch beyond the workspace", (c, x) -> c.batch = 6, "batch is 6", "5"),
        s.of("in too short", (c, x) -> c.in = x.floats(14), "in is float[14]", "3×5"),
        s.of("out too short", (c, x) -> c.out = x.floats(9), "out is float[9]", "2×5"),
        s.of("out is in", (c, x) -> c.out = c.in, "out [0, 10)", "overlaps in [0, 15)"),
        s.of("workspace of no network", (c, x) -> c.workspace = Workspace.forProducts(), "workspace", "[3, 4, 2]"));
  }

  private static List<Refusal> segments(String method, Call call) {
    Spoiled<Request> s = new Spoiled<>(method, Request::new, r -> call.accept(method, r));
    return List.of(
        s.ofNull("in", (c, x) -> c.inSegment = null),
        s.ofNull("out", (c, x) -> c.outSegment = null),
        s.ofNull("workspace", (c, x) -> c.workspace = null),
        s.of("no batch", (c, x) -> c.batch = 0, "batch is 0", "5"),
        s.of("batch beyond the workspace", (c, x) -> c.batch = 6, "batch is 6", "5"),
        s.of("in too short", (c, x) -> c.inSegment = MemorySegment.ofArray(x.floats(14)), "in is a segment of 56 bytes", "3×5", "60"),
        s.of("in too short from its offset", (c, x) -> c.inOffset = 1, "in is a segment of 60 bytes", "60 from offset 1"),
        s.of("inOffset", (c, x) -> c.inOffset = -1, "inOffset is -1"),
        s.of("largest inOffset", (c, x) -> c.inOffset = Integer.MAX_VALUE, "in is a segment", "offset 2147483647"),
        s.of("out too short", (c, x) -> c.outSegment = MemorySegment.ofArray(x.floats(9)), "out is a segment of 36 bytes", "2×5", "40"),
        s.of("outOffset", (c, x) -> c.outOffset = -4, "outOffset is -4"),
        s.of("out read-only", (c, x) -> c.outSegment = c.outSegment.asReadOnly(), "out is read-only", "2×5"),
        s.of("workspace of no network", (c, x) -> c.workspace = Workspace.forProducts(), "workspace", "[3, 4, 2]"));
  }

  private static List<Refusal> buffers(String method, Call call) {
    Spoiled<Request> s = new Spoiled<>(method, Request::new, r -> call.accept(method, r));
    return List.of(
        s.ofNull("in", (c, x) -> c.inBuffer = null),
        s.ofNull("out", (c, x) -> c.outBuffer = null),
        s.ofNull("workspace", (c, x) -> c.workspace = null),
        s.of("no batch", (c, x) -> c.batch = 0, "batch is 0", "5"),
        s.of("batch beyond the workspace", (c, x) -> c.batch = 6, "batch is 6", "5"),
        s.of("in beyond its limit", (c, x) -> c.inBuffer.limit(14), "in is a buffer with limit 14", "3×5", "15"),
        s.of("in too short from its offset", (c, x) -> c.inOffset = 1, "in is a buffer with limit 15", "15 from offset 1"),
        s.of("inOffset", (c, x) -> c.inOffset = -1, "inOffset is -1"),
        s.of("largest inOffset", (c, x) -> c.inOffset = Integer.MAX_VALUE, "in is a buffer", "offset 2147483647"),
        s.of("out beyond its limit", (c, x) -> c.outBuffer.limit(9), "out is a buffer with limit 9", "2×5", "10"),
        s.of("outOffset", (c, x) -> c.outOffset = -1, "outOffset is -1"),
        s.of("out read-only", (c, x) -> c.outBuffer = c.outBuffer.asReadOnlyBuffer(), "out is read-only", "2×5"),
        s.of("workspace of no network", (c, x) -> c.workspace = Workspace.forProducts(), "workspace", "[3, 4, 2]"));
  }

  private static List<Refusal> parameters() {
    return List.of(
        new Spoiled<>("Network.run", Request::new, r -> r.segments(NETWORK))
            .of("out over the parameters", (c, x) -> c.outSegment = MemorySegment.ofArray(c.network.parameters()), "out overlaps parameters"),
        new Spoiled<>("Network.run", Request::new, r -> r.buffers(NETWORK))
            .of("out over the parameters", (c, x) -> c.outBuffer = FloatBuffer.wrap(c.network.parameters()), "out overlaps parameters"));
  }
  // spotless:on
}
