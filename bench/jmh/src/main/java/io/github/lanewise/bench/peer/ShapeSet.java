package io.github.lanewise.bench.peer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** The classes of shapes that are reported, each with a figure to reach of its own. */
public enum ShapeSet {
  SMALL(squares(8, 16, 32, 48, 64)),
  MEDIUM(squares(128, 192, 256, 384)),
  LARGE(squares(512, 1024, 2048)),
  HUGE(squares(4096)),

  /** Dense layers as outputs x batch x inputs. */
  BATCHES(
      List.of(
          "128x8x784",
          "128x32x784",
          "128x128x784",
          "10x32x128",
          "512x16x512",
          "512x64x512",
          "1024x32x1024",
          "1024x256x1024")),
  BATCH1(List.of("128x1x784", "512x1x512", "1024x1x1024", "4096x1x1024")),

  /** Sizes beside the multiples of lanes and tiles. */
  AWKWARD(
      List.of(
          "1x1x1",
          "3x3x3",
          "7x7x7",
          "15x15x15",
          "17x17x17",
          "31x31x31",
          "33x33x33",
          "65x65x65",
          "97x97x97",
          "100x100x100",
          "127x127x127",
          "129x129x129",
          "191x191x191",
          "200x200x200",
          "5x200x200",
          "200x5x200",
          "200x200x5",
          "67x131x257",
          "1x512x512",
          "10x10x1000")),

  /** Rows that do not lie one after another, so that most of them start at odd places. */
  LEADING(
      List.of(
          "31x31x31+2",
          "64x64x64+1",
          "100x100x100+3",
          "128x128x128+1",
          "256x256x256+1",
          "256x256x256+7",
          "512x512x512+1",
          "128x32x784+1")),

  /** Blocks of larger matrices; 1024 floats between rows are 4 KiB. */
  SUB(
      List.of(
          "32x32x32+992@33",
          "64x64x64+960@1031",
          "100x100x100+924@5167",
          "128x128x128+896@64",
          "256x256x256+768@257")),

  /** Every size from 1 to 200, where cliffs between neighbours show. */
  EVERY(squares(IntStream.rangeClosed(1, 200).toArray()));

  private final List<String> shapes;

  ShapeSet(List<String> shapes) {
    this.shapes = shapes;
  }

  private static List<String> squares(int... sizes) {
    return IntStream.of(sizes).mapToObj(n -> n + "x" + n + "x" + n).toList();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of sets and the shapes of a list, each shape once. */
  public static List<String> expand(List<String> names) {
    Set<String> expanded = new LinkedHashSet<>();
    for (String name : names) {
      List<String> set = new ArrayList<>();
      for (ShapeSet candidate : values()) {
        if (candidate.toString().equals(name)) {
          set.addAll(candidate.shapes);
        }
      }
      expanded.addAll(set.isEmpty() ? List.of(GemmShape.parse("NN", name).text()) : set);
    }
    return List.copyOf(expanded);
  }

  /** The products of these shapes and sets, each in every one of these variants. */
  public static List<GemmShape> products(List<String> names, List<String> variants) {
    List<GemmShape> products = new ArrayList<>();
    for (String shape : expand(names)) {
      for (String variant : variants) {
        products.add(GemmShape.parse(variant, shape));
      }
    }
    return products;
  }

  /** The first set that a shape is in, or {@code other}. */
  public static String of(String shape) {
    for (ShapeSet set : values()) {
      if (set.shapes.contains(shape)) {
        return set.toString();
      }
    }
    return "other";
  }
}
