package dev.quittance.endtoend.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Processor time is read from the right columns, whatever a process calls itself. */
class ProcFileTest {
    @Test
    void aProcessHasItsUserAndSystemTime() {
        // Given
        String stat = "71 (a ) b) S 1 71 71 0 -1 4194560 9 8 7 6 120 34 5 4 20 0 12 0 99 1 2";

        // When
        long ticks = ProcFile.processTicks(stat);

        // Then
        assertThat(ticks).isEqualTo(154);
    }

    @Test
    void memoryIsWhatIsResidentAndWhatItEverWas() {
        // Given
        String status = "Name:\tjava\nVmHWM:\t  524288 kB\nVmRSS:\t  262144 kB\nThreads:\t12\n";

        // Then
        assertThat(ProcFile.mebibytes(status, ProcFile.RESIDENT)).isEqualTo(256);
        assertThat(ProcFile.mebibytes(status, ProcFile.PEAK)).isEqualTo(512);
        assertThat(ProcFile.mebibytes("", ProcFile.PEAK)).isZero();
    }

    @Test
    void theMachineWorksWhenItIsNotIdle() {
        // Given
        String stat = "cpu  100 20 30 5000 600 4 5 6 0 0\ncpu0 1 2 3 4 5 6 7 8 0 0\n";

        // When
        long ticks = ProcFile.machineTicks(stat);

        // Then
        assertThat(ticks).isEqualTo(165);
    }
}
