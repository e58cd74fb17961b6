package io.github.lanewise.bench.peers;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.lanewise.bench.peer.Mlp;
import io.github.lanewise.bench.peer.TrainingPeer;
import java.util.List;

/**
 * DJL on PyTorch, one thread, as its users train: blocks, a trainer and its optimizer. The batch is
 * in PyTorch's memory from the start; what a step makes belongs to a manager of that step.
 */
final class DjlTraining implements TrainingPeer {
  private final Djl djl = new Djl();

  @Override
  public String name() {
    return djl.name();
  }

  @Override
  public Kind kind() {
    return djl.kind();
  }

  @Override
  public String open() {
    return djl.open();
  }

  @Override
  public List<String> jvmArgs() {
    return djl.jvmArgs();
  }

  @Override
  public Steps prepare(Mlp mlp, Batch batch, float rate, float momentum) {
    return new Training(mlp, batch, rate, momentum);
  }

  private static final class Training implements Steps {
    private final Loss loss = Loss.softmaxCrossEntropyLoss();
    private final NDManager manager;
    private final SequentialBlock block;
    private final Trainer trainer;
    private final NDArray examples;
    private final NDArray labels;
    private float rate;

    Training(Mlp mlp, Batch batch, float rate, float momentum) {
      this.rate = rate;
      block = new SequentialBlock();
      for (int l = 0; l < mlp.layers(); l++) {
        block.add(Linear.builder().setUnits(mlp.size(l + 1)).build());
        if (l < mlp.layers() - 1) {
          block.add(Activation::relu);
        }
      }
      Model model = Model.newInstance("mlp", "PyTorch");
      model.setBlock(block);
      Tracker tracker = update -> this.rate;
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(loss)
                  .optOptimizer(
                      Optimizer.sgd()
                          .setLearningRateTracker(tracker)
                          .optMomentum(momentum)
                          .build()));
      trainer.initialize(new Shape(batch.size(), mlp.inputs()));
      manager = trainer.getManager();
      List<Parameter> parameters = block.getParameters().values();
      for (int l = 0; l < mlp.layers(); l++) {
        parameters.get(2 * l).getArray().set(mlp.weights(l));
        parameters.get(2 * l + 1).getArray().set(mlp.bias(l));
      }
      examples = manager.create(batch.x(), new Shape(batch.size(), mlp.inputs()));
      labels = manager.create(batch.labels());
    }

    @Override
    public double step() {
      try (NDManager step = manager.newSubManager()) {
        NDArray x = examples.reshape(examples.getShape()); // a view: results go to its manager
        NDArray t = labels.reshape(labels.getShape());
        x.attach(step);
        t.attach(step);
        NDArray value;
        try (GradientCollector collector = trainer.newGradientCollector()) {
          NDList answers = trainer.forward(new NDList(x));
          value = loss.evaluate(new NDList(t), answers);
          collector.backward(value);
        }
        trainer.step();
        return value.getFloat();
      }
    }

    @Override
    public void rate(float rate) {
      this.rate = rate;
    }

    @Override
    public float[] parameters() {
      List<Parameter> parameters = block.getParameters().values();
      int length = parameters.stream().mapToInt(p -> (int) p.getShape().size()).sum();
      float[] all = new float[length];
      int at = 0;
      for (Parameter parameter : parameters) {
        float[] part = parameter.getArray().toFloatArray();
        System.arraycopy(part, 0, all, at, part.length);
        at += part.length;
      }
      return all;
    }
  }
}
