package io.github.lanewise;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Refusals of a method with many arguments: each case takes a call that is valid and spoils one of
 * them. That the unspoiled call is accepted is asserted in every case, or the wrong argument might
 * be refused.
 *
 * @param method its name, as {@code Network.run}
 * @param valid arguments over watched arrays that the method accepts
 * @param call calls it with them
 */
record Spoiled<C>(String method, Function<Refusal.Watched, C> valid, Consumer<C> call) {

  Refusal ofNull(String argument, BiConsumer<C, Refusal.Watched> spoil) {
    return Refusal.ofNull(method, argument, x -> callSpoiled(spoil, x));
  }

  Refusal of(String why, BiConsumer<C, Refusal.Watched> spoil, String... words) {
    return Refusal.illegal(method, why, x -> callSpoiled(spoil, x), words);
  }

  private void callSpoiled(BiConsumer<C, Refusal.Watched> spoil, Refusal.Watched x) {
    try {
      call.accept(valid.apply(new Refusal.Watched()));
    } catch (NullPointerException | IllegalArgumentException e) {
      throw new AssertionError("the valid call is refused", e);
    }
    C arguments = valid.apply(x);
    spoil.accept(arguments, x);
    call.accept(arguments);
  }
}
