package io.github.lanewise;

import static io.github.lanewise.Refusal.illegal;
import static io.github.lanewise.Refusal.ofNull;
import static io.github.lanewise.Refusal.thrown;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What a network, its workspaces and its optimizers refuse. */
final class NetworkRefusals {
  /** Nobody may write to it: every case that uses it watches its parameters. */
  private static final Network NETWORK = network();

  private static final Workspace TRAINING = Workspace.forTraining(NETWORK, 5);

  private NetworkRefusals() {}

  private static Network network() {
    return Network.builder(3).dense(4, Activation.SILU).dense(2, Activation.IDENTITY).build(1);
  }

  static Stream<Refusal> all() {
    return Stream.of(
            building(),
            workspaces(),
            run(),
            RequestRefusals.all(),
            backpropagate(),
            train(),
            optimizers())
        .flatMap(s -> s);
  }

  // spotless:off
  private static Stream<Refusal> building() {
    return Stream.of(
        illegal("Network.builder", "no inputs", x -> Network.builder(0), "inputs", "0"),
        illegal("Network.Builder.dense", "no outputs", x -> Network.builder(3).dense(0, Activation.RELU), "outputs", "0"),
        ofNull("Network.Builder.dense", "g", x -> Network.builder(3).dense(2, null)),
        thrown(IllegalStateException.class, "Network.Builder.build", "no layers", x -> Network.builder(3).build(1), "layer"),
        thrown(IllegalStateException.class, "Network.Builder.build", "no layers", x -> Network.builder(3).build(Initializer.HE, 1), "layer"),
        ofNull("Network.Builder.build", "initializer", x -> Network.builder(3).dense(2, Activation.RELU).build(null, 1)),
        illegal("Network.Builder.build", "too many weights", x -> Network.builder(1 << 16).dense(1 << 15, Activation.RELU).build(1), "layer 0", "32768×65536"),
        illegal("Network.Builder.build", "too many in sum", x -> Network.builder(1 << 15).dense(1 << 15, Activation.RELU).dense(1 << 15, Activation.RELU).build(1), "layer 1", "32768×32768"),
        thrown(IndexOutOfBoundsException.class, "Network.weightOffset", "no such layer", x -> NETWORK.weightOffset(2), "2"),
        thrown(IndexOutOfBoundsException.class, "Network.weightOffset", "negative", x -> NETWORK.weightOffset(-1), "-1"),
        thrown(IndexOutOfBoundsException.class, "Network.biasOffset", "no such layer", x -> NETWORK.biasOffset(2), "2"),
        thrown(IndexOutOfBoundsException.class, "Network.biasOffset", "negative", x -> NETWORK.biasOffset(-1), "-1"),
        ofNull("Initializer.fill", "w", x -> Initializer.HE.fill(null, new SplittableRandom(1))),
        ofNull("Initializer.fill", "random", x -> Initializer.HE.fill(x.matrix(2, 3), null)),
        illegal("Initializer.fill", "no stride is 1", x -> Initializer.HE.fill(new FloatMatrix(x.floats(9), 0, 2, 2, 2, 4), new SplittableRandom(1)), "w is 2×2", "must be 1"),
        illegal("Initializer.fill", "columns share places", x -> Initializer.XAVIER.fill(new FloatMatrix(x.floats(9), 0, 2, 2, 1, 1), new SplittableRandom(1)), "w is 2×2", "share"));
  }

  private static Stream<Refusal> workspaces() {
    return Stream.of(
        ofNull("Workspace.forInference", "network", x -> Workspace.forInference((Network) null, 1)),
        ofNull("Workspace.forInference", "network", x -> Workspace.forInference((PackedNetwork) null, 1)),
        illegal("Workspace.forInference", "no batch", x -> Workspace.forInference(PackedNetwork.of(NETWORK), 0), "maxBatch", "0"),
        ofNull("Workspace.forTraining", "network", x -> Workspace.forTraining(null, 1)),
        illegal("Workspace.forInference", "no batch", x -> Workspace.forInference(NETWORK, 0), "maxBatch", "0"),
        illegal("Workspace.forTraining", "no batch", x -> Workspace.forTraining(NETWORK, -1), "maxBatch", "-1"),
        illegal("Workspace.forInference", "larger than an array", x -> Workspace.forInference(NETWORK, 1 << 30), "maxBatch is 1073741824", "[3, 4, 2]"),
        illegal("Workspace.forTraining", "larger than an array", x -> Workspace.forTraining(NETWORK, Integer.MAX_VALUE), "maxBatch is 2147483647", "[3, 4, 2]"));
  }

  /** The arguments of a batch of 5, each array as long as it has to be. */
  private static final class Batch {
    final Network network;
    float[] in;
    int inOffset;
    int batch = 5;
    float[] out;
    int outOffset;
    Loss loss = Loss.MEAN_SQUARED_ERROR;
    float[] gradients;
    Optimizer optimizer = new Sgd(26, 0.1f, 0.9f);
    Workspace workspace = TRAINING;

    Batch(Refusal.Watched x) {
      network = x.watch(network()); // one of its own: training writes to it
      in = x.floats(15);
      out = x.floats(10);
      gradients = x.floats(26);
    }

    void run() {
      network.run(in, inOffset, batch, out, outOffset, workspace);
    }

    void backpropagate() {
      network.backpropagate(
          in, inOffset, batch, out, outOffset, loss, gradients, true, workspace);
    }

    void train() {
      network.train(in, inOffset, batch, out, outOffset, loss, optimizer, workspace);
    }
  }

  private static Stream<Refusal> run() {
    Network wider = Network.builder(3).dense(5, Activation.SILU).dense(2, Activation.IDENTITY).build(1);
    Spoiled<Batch> s = new Spoiled<>("Network.run", Batch::new, Batch::run);
    return Stream.of(
        s.ofNull("in", (c, x) -> c.in = null),
        s.ofNull("out", (c, x) -> c.out = null),
        s.ofNull("workspace", (c, x) -> c.workspace = null),
        s.of("no batch", (c, x) -> c.batch = 0, "batch is 0", "5"),
        s.of("negative batch", (c, x) -> c.batch = -1, "batch is -1", "5"),
        s.of("batch beyond the workspace", (c, x) -> c.batch = 6, "batch is 6", "5"),
        s.of("largest batch", (c, x) -> c.batch = Integer.MAX_VALUE, "batch is 2147483647", "5"),
        s.of("in too short", (c, x) -> c.in = x.floats(14), "in is float[14]", "3×5"),
        s.of("in too short from its offset", (c, x) -> c.inOffset = 1, "in is float[15]", "offset 1"),
        s.of("inOffset", (c, x) -> c.inOffset = -1, "inOffset is -1"),
        s.of("largest inOffset", (c, x) -> c.inOffset = Integer.MAX_VALUE, "in is", "offset 2147483647"),
        s.of("out too short", (c, x) -> c.out = x.floats(9), "out is float[9]", "2×5"),
        s.of("out too short from its offset", (c, x) -> c.outOffset = 1, "out is float[10]", "offset 1"),
        s.of("outOffset", (c, x) -> c.outOffset = -1, "outOffset is -1"),
        s.of("out is in", (c, x) -> c.out = c.in, "out [0, 10)", "overlaps in [0, 15)"),
        s.of("out begins in in", (c, x) -> {
          c.in = x.floats(24);
          c.out = c.in;
          c.outOffset = 14;
        }, "out [14, 24)", "overlaps in [0, 15)"),
        s.of("out ends in in", (c, x) -> {
          c.in = x.floats(24);
          c.inOffset = 9;
          c.out = c.in;
        }, "out [0, 10)", "overlaps in [9, 24)"),
        s.of("out over the parameters", (c, x) -> {
          c.out = c.network.parameters();
          c.outOffset = 3;
        }, "out [3, 13)", "overlaps parameters"),
        s.of("workspace of another network", (c, x) -> c.workspace = Workspace.forInference(wider, 5), "workspace", "[3, 5, 2]", "[3, 4, 2]"),
        s.of("workspace of no network", (c, x) -> c.workspace = Workspace.forProducts(), "workspace", "[3, 4, 2]"));
  }

  private static Stream<Refusal> backpropagate() {
    Spoiled<Batch> s = new Spoiled<>("Network.backpropagate", Batch::new, Batch::backpropagate);
    return Stream.concat(training(s), Stream.of(
        s.ofNull("gradients", (c, x) -> c.gradients = null),
        s.of("too few gradients", (c, x) -> c.gradients = x.floats(25), "gradients is float[25]", "float[26]"),
        s.of("too many gradients", (c, x) -> c.gradients = x.floats(27), "gradients is float[27]", "float[26]"),
        s.of("gradients are the parameters", (c, x) -> c.gradients = c.network.parameters(), "gradients", "parameters"),
        s.of("gradients are x", (c, x) -> c.in = c.gradients, "gradients", "x"),
        s.of("gradients are the target", (c, x) -> c.out = c.gradients, "gradients", "target")));
  }

  private static Stream<Refusal> train() {
    Spoiled<Batch> s = new Spoiled<>("Network.train", Batch::new, Batch::train);
    return Stream.concat(training(s), Stream.of(
        s.ofNull("optimizer", (c, x) -> c.optimizer = null),
        s.of("x is the parameters", (c, x) -> c.in = c.network.parameters(), "x", "parameters"),
        s.of("target is the parameters", (c, x) -> c.out = c.network.parameters(), "target", "parameters"),
        s.of("optimizer of fewer parameters", (c, x) -> c.optimizer = new Sgd(25, 0.1f, 0), "optimizer is for 25", "26"),
        s.of("optimizer of more parameters", (c, x) -> c.optimizer = new Adam(27, 0.1f), "optimizer is for 27", "26")));
  }

  /** What both refuse. */
  private static Stream<Refusal> training(Spoiled<Batch> s) {
    Network other = Network.builder(3).dense(4, Activation.TANH).dense(2, Activation.IDENTITY).build(1);
    Network wider = Network.builder(3).dense(5, Activation.SILU).dense(2, Activation.IDENTITY).build(1);
    return Stream.of(
        s.ofNull("x", (c, x) -> c.in = null),
        s.ofNull("target", (c, x) -> c.out = null),
        s.ofNull("loss", (c, x) -> c.loss = null),
        s.ofNull("workspace", (c, x) -> c.workspace = null),
        s.of("no batch", (c, x) -> c.batch = 0, "batch is 0", "5"),
        s.of("negative batch", (c, x) -> c.batch = -1, "batch is -1", "5"),
        s.of("batch beyond the workspace", (c, x) -> c.batch = 6, "batch is 6", "5"),
        s.of("x too short", (c, x) -> c.in = x.floats(14), "x is float[14]", "3×5"),
        s.of("xOffset", (c, x) -> c.inOffset = -1, "xOffset is -1"),
        s.of("target too short", (c, x) -> c.out = x.floats(9), "target is float[9]", "2×5"),
        s.of("targetOffset", (c, x) -> c.outOffset = -1, "targetOffset is -1"),
        s.of("workspace for inference", (c, x) -> c.workspace = Workspace.forInference(NETWORK, 5), "workspace", "inference", "forTraining"),
        s.of("workspace of other sizes", (c, x) -> c.workspace = Workspace.forTraining(wider, 5), "workspace", "[3, 5, 2]", "[3, 4, 2]"),
        s.of("workspace of other activations", (c, x) -> c.workspace = Workspace.forTraining(other, 5), "workspace", "layer 0", "silu"),
        s.of("workspace of no network", (c, x) -> c.workspace = Workspace.forProducts(), "workspace", "[3, 4, 2]"));
  }

  private static Stream<Refusal> optimizers() {
    List<Refusal> all = new ArrayList<>();
    rates(all, "Sgd.new", "rate", bad -> new Sgd(3, bad, 0));
    rates(all, "Sgd.rate", "rate", bad -> new Sgd(3, 0, 0).rate(bad));
    decays(all, "Sgd.new", "momentum", bad -> new Sgd(3, 0, bad));
    rates(all, "Adam.new", "rate", bad -> new Adam(3, bad));
    rates(all, "Adam.new", "rate", bad -> new Adam(3, bad, 0.9f, 0.999f, 1));
    rates(all, "Adam.new", "epsilon", bad -> new Adam(3, 0.1f, 0.9f, 0.999f, bad));
    rates(all, "Adam.rate", "rate", bad -> new Adam(3, 0).rate(bad));
    decays(all, "Adam.new", "beta1", bad -> new Adam(3, 0.1f, bad, 0.999f, 1));
    decays(all, "Adam.new", "beta2", bad -> new Adam(3, 0.1f, 0.9f, bad, 1));
    all.addAll(List.of(
        illegal("Adam.new", "no epsilon", x -> new Adam(3, 0.1f, 0.9f, 0.999f, 0), "epsilon is 0.0"),
        illegal("Sgd.new", "fewer than no parameters", x -> new Sgd(-1, 0.1f, 0), "parameters", "-1"),
        illegal("Adam.new", "fewer than no parameters", x -> new Adam(-1, 0.1f), "parameters", "-1")));
    all.addAll(List.of(
        illegal("Sgd.restore", "v though there is none", x -> new Sgd(3, 0.1f, 0).restore(x.floats(3)), "state is float[3]", "float[0]"),
        illegal("Sgd.restore", "too short", x -> new Sgd(3, 0.1f, 0.9f).restore(x.floats(2)), "state is float[2]", "float[3]"),
        illegal("Sgd.restore", "Adam's", x -> new Sgd(3, 0.1f, 0.9f).restore(new Adam(3, 0.1f).state()), "state is float[8]", "float[3]"),
        illegal("Adam.restore", "m and v alone", x -> new Adam(3, 0.1f).restore(x.floats(6)), "state is float[6]", "float[8]"),
        illegal("Adam.restore", "half a step", x -> new Adam(1, 0.1f).restore(new float[] {1, 1, 0.5f, 0}), "state[2] is 0.5"),
        illegal("Adam.restore", "fewer than no steps", x -> new Adam(1, 0.1f).restore(new float[] {1, 1, -1, 0}), "state[2] is -1.0"),
        illegal("Adam.restore", "NaN steps", x -> new Adam(1, 0.1f).restore(new float[] {1, 1, Float.NaN, 0}), "state[2] is NaN"),
        illegal("Adam.restore", "too many steps", x -> new Adam(1, 0.1f).restore(new float[] {1, 1, 0, 1 << 24}), "state[3] is 1.6777216E7")));
    all.add(thrown(IllegalStateException.class, "Adam.update", "before the first step", x -> new Adam(3, 0.1f).update(x.floats(3), 0, 1, x.floats(1), 0), "no step has begun"));
    for (Optimizer optimizer : List.of(new Sgd(3, 0.1f, 0.9f), new Adam(3, 0.1f))) {
      all.add(ofNull(optimizer.getClass().getSimpleName() + ".restore", "state", x -> optimizer.restore(null)));
      String s = "Optimizer.step";
      all.addAll(List.of(
          ofNull(s, "parameters", x -> optimizer.step(null, x.floats(3))),
          ofNull(s, "gradients", x -> optimizer.step(x.floats(3), null)),
          illegal(s, "too few parameters", x -> optimizer.step(x.floats(2), x.floats(3)), "parameters is float[2]", "gradients float[3]"),
          illegal(s, "too many parameters", x -> optimizer.step(x.floats(4), x.floats(4)), "parameters is float[4]", "float[3]"),
          illegal(s, "too few gradients", x -> optimizer.step(x.floats(3), x.floats(2)), "parameters", "gradients float[2]"),
          illegal(s, "too many gradients", x -> optimizer.step(x.floats(3), x.floats(4)), "parameters", "gradients float[4]"),
          illegal(s, "one array for both", x -> {
            float[] both = x.floats(3);
            optimizer.step(both, both);
          }, "parameters and gradients")));
      optimizer.begin();
      String u = optimizer.getClass().getSimpleName() + ".update";
      all.addAll(List.of(
          ofNull(u, "parameters", x -> optimizer.update(null, 0, 1, x.floats(1), 0)),
          ofNull(u, "gradients", x -> optimizer.update(x.floats(3), 0, 1, null, 0)),
          illegal(u, "too few parameters", x -> optimizer.update(x.floats(2), 0, 1, x.floats(3), 0), "parameters is float[2]", "float[3]"),
          illegal(u, "fewer than none", x -> optimizer.update(x.floats(3), 0, -1, x.floats(3), 0), "count is -1"),
          illegal(u, "parametersOffset", x -> optimizer.update(x.floats(3), -1, 1, x.floats(3), 0), "parametersOffset is -1"),
          illegal(u, "beyond the parameters", x -> optimizer.update(x.floats(3), 2, 2, x.floats(3), 0), "parameters is float[3]", "offset 2"),
          illegal(u, "gradientsOffset", x -> optimizer.update(x.floats(3), 0, 1, x.floats(3), -1), "gradientsOffset is -1"),
          illegal(u, "beyond the gradients", x -> optimizer.update(x.floats(3), 0, 3, x.floats(4), 2), "gradients is float[4]", "offset 2"),
          illegal(u, "one array for both", x -> {
            float[] both = x.floats(3);
            optimizer.update(both, 0, 1, both, 1);
          }, "parameters and gradients")));
    }
    return all.stream();
  }
  // spotless:on

  private interface Setting {
    void accept(float bad);
  }

  /** What must be finite and not negative. */
  private static void rates(List<Refusal> all, String method, String name, Setting setting) {
    for (float bad : new float[] {-1e-30f, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      all.add(
          illegal(method, name + " " + bad, x -> setting.accept(bad), name, Float.toString(bad)));
    }
    all.add(
        illegal(
            method,
            name + " below every number",
            x -> setting.accept(Float.NEGATIVE_INFINITY),
            name,
            "-Infinity"));
  }

  /** What must lie in [0, 1). */
  private static void decays(List<Refusal> all, String method, String name, Setting setting) {
    rates(all, method, name, setting);
    for (float bad : new float[] {1, 1.5f}) {
      all.add(
          illegal(method, name + " " + bad, x -> setting.accept(bad), name, Float.toString(bad)));
    }
  }
}
