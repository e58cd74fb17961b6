package io.github.lanewise.example.digits;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressState;

/**
 * Text 80 columns wide: on a terminal a progress bar moves, in a log it appears when it is full.
 */
final class Screen {
  private static final int WIDTH = 80;
  private static final int BAR = 24;
  private static final String SHADES = " .:-=+*#%@";

  /** Columns that a drawing leaves out on each side, so that three fit side by side. */
  private static final int MARGIN = 2;

  private final PrintWriter out;
  private final boolean live;
  private final boolean blocks;

  /**
   * On this writer.
   *
   * @param live whether a carriage return goes back to the start of the line
   * @param blocks whether the block characters of Unicode can be shown
   */
  Screen(PrintWriter out, boolean live, boolean blocks) {
    this.out = out;
    this.live = live;
    this.blocks = blocks;
  }

  void line(String text) {
    out.println(text);
    out.flush();
  }

  /**
   * A bar; close it when the task is done.
   *
   * @param task its name
   * @param max examples in it
   * @param message what else to show, asked again each time
   */
  Bar bar(String task, int max, Supplier<String> message) {
    Line line = new Line();
    return new Bar(
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(max)
            .setUpdateIntervalMillis(100)
            .setRenderer((state, width) -> render(state, width, message.get()))
            .setConsumer(line)
            .build(),
        line);
  }

  /** A bar whose line is written even if its task ends before the bar's timer first fires. */
  record Bar(ProgressBar bar, ProgressBarConsumer line) implements AutoCloseable {
    void stepTo(long done) {
      bar.stepTo(done);
    }

    @Override
    public void close() {
      bar.close();
      line.close();
    }
  }

  private String render(ProgressState state, int width, String message) {
    double progress = state.getNormalizedProgress();
    int full = (int) (BAR * progress);
    String bar = (blocks ? "█" : "#").repeat(full) + (blocks ? "░" : ".").repeat(BAR - full);
    double seconds = state.getElapsedAfterStart().toNanos() / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "  %-10s %s %3.0f %%  %-11s %,9.0f examples/s",
            state.getTaskName(),
            bar,
            Math.floor(100 * progress),
            message,
            state.getCurrent() / Math.max(seconds, 1e-9));
    return line + " ".repeat(Math.max(0, width - line.length()));
  }

  /**
   * Where a bar goes: over itself, or nowhere until it is closed. The bar's timer may fire between
   * the end of the task and the bar's own last word, and then it is closed twice.
   */
  private final class Line implements ProgressBarConsumer {
    private String last = "";
    private boolean closed;

    @Override
    public int getMaxRenderedLength() {
      return WIDTH - 1;
    }

    @Override
    public void accept(String line) {
      last = line;
      if (live && !closed) {
        out.print("\r" + line);
        out.flush();
      }
    }

    @Override
    public void close() {
      if (!closed) {
        line(live ? "" : last.stripTrailing());
      }
      closed = true;
    }
  }

  /** Draws images side by side, without the rows above and below, each with its caption. */
  void draw(DigitSet set, int[] images, String[] captions) {
    int width = DigitSet.SIDE - 2 * MARGIN;
    for (int row = 0; row < DigitSet.SIDE; row += 2) {
      StringBuilder line = new StringBuilder();
      for (int image : images) {
        line.append("  ");
        for (int column = MARGIN; column < DigitSet.SIDE - MARGIN; column++) {
          line.append(cell(set.ink(image, row, column), set.ink(image, row + 1, column)));
        }
      }
      if (!line.toString().isBlank()) {
        line(line.toString().stripTrailing());
      }
    }
    StringBuilder below = new StringBuilder();
    for (String caption : captions) {
      below.append(String.format("  %-" + width + "s", caption));
    }
    line(below.toString().stripTrailing());
  }

  /** Two pixels, one above the other, in one character. */
  private char cell(int upper, int lower) {
    if (!blocks) {
      return SHADES.charAt((upper + lower) * (SHADES.length() - 1) / (2 * 255));
    }
    if (upper < 128) {
      return lower < 128 ? ' ' : '▄';
    }
    return lower < 128 ? '▀' : '█';
  }
}
