package io.github.lanewise.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that are to begin with a line are no smaller than asked, and not beyond reason larger. */
class LinesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, 20_000, 50_000, 102_412, 500_000, 5_000_000})
  void atMostEightTimesAsLarge(int floats) {
    assertThat(Lines.array(floats)).hasSizeBetween(floats, Math.max(1, 8 * floats));
  }

  /** Header included, G1 takes more than half a region for an object of its own. */
  @Test
  void fromASixteenthOnARegionOfItsOwn() {
    int region =
        Integer.parseInt(
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .getVMOption("G1HeapRegionSize")
                .getValue());
    int sixteenth = region / 16 / Float.BYTES;
    assertThat(Lines.array(sixteenth)).hasSize(8 * sixteenth);
    assertThat(Lines.array(8 * sixteenth + 1)).hasSize(8 * sixteenth + 1);
    if (region > 0) {
      assertThat(Lines.array(sixteenth - 1)).hasSize(sixteenth - 1);
    }
  }

  /** Asked of the virtual machine itself, which this library does not do. */
  @Test
  void theFirstLineBeginsBehindTheHeader() throws ReflectiveOperationException {
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field instance = unsafe.getDeclaredField("theUnsafe");
    instance.setAccessible(true);
    Object base =
        unsafe.getMethod("arrayBaseOffset", Class.class).invoke(instance.get(null), float[].class);
    assertThat((int) base + Lines.FIRST * Float.BYTES).isEqualTo(Lines.LINE * Float.BYTES);
  }

  @Test
  void wholeLines() {
    assertThat(Lines.whole(0)).isZero();
    assertThat(Lines.whole(1)).isEqualTo(16);
    assertThat(Lines.whole(16)).isEqualTo(16);
    assertThat(Lines.whole(17)).isEqualTo(32);
    assertThat(Lines.whole(1L << 33)).isEqualTo(1L << 33);
  }
}
