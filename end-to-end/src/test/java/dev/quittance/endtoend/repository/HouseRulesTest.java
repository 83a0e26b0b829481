package dev.quittance.endtoend.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of the house that a compiler does not know. */
class HouseRulesTest {
    private static final int LINES_MAX = 300;
    private static final Set<String> BINARY = Set.of("png", "jpg", "jar", "gz", "xz", "bin");
    /** Written so that this file does not break its own rule. */
    private static final Pattern ONE_MACHINES_PATH =
            Pattern.compile("(^|[^\\w./-])/(ro{2}t|wor[k]|hom[e])/", Pattern.MULTILINE);

    private static final Pattern LEFT_UNDONE = Pattern.compile("\\b(TO[D]O|FIX[M]E|X{3})\\b");
    private static final Pattern SWITCHED_OFF = Pattern.compile("@(Dis[a]bled|Ign[o]re)\\b");
    private static final Pattern SLEEP = Pattern.compile("Thread\\.sle[e]p");
    private static final Pattern INEXACT =
            Pattern.compile("\\b(dou[b]le|flo[a]t|Dou[b]le|Flo[a]t) \\w*([aA]mount|[mM]oney|[pP]rice|[fF]ee)\\w*");

    @Test
    void nothingNamesAPathOfOneMachine() {
        assertThat(files(text -> ONE_MACHINES_PATH.matcher(text).find(), "")).isEmpty();
    }

    @Test
    void nothingIsLeftForLater() {
        assertThat(files(text -> LEFT_UNDONE.matcher(text).find(), ".java", ".sql", ".md", ".xml", ".properties"))
                .isEmpty();
    }

    @Test
    void noTestIsSwitchedOffAndNoneSleeps() {
        assertThat(files(text -> SWITCHED_OFF.matcher(text).find(), ".java")).isEmpty();
        assertThat(files(text -> SLEEP.matcher(text).find(), "Test.java", "IT.java", "Story.java"))
                .isEmpty();
    }

    @Test
    void noClassIsTooLongToRead() {
        assertThat(files(text -> text.lines().count() > LINES_MAX, ".java")).isEmpty();
    }

    @Test
    void moneyIsNeverInexact() {
        assertThat(files(text -> INEXACT.matcher(text).find(), ".java")).isEmpty();
    }

    @Test
    void aPatternFindsWhatItIsFor() {
        assertThat(ONE_MACHINES_PATH.matcher("in /ro" + "ot/x").find()).isTrue();
        assertThat(ONE_MACHINES_PATH.matcher("a/wo" + "rk/x").find()).isFalse();
        assertThat(INEXACT.matcher("double " + "amountMinor").find()).isTrue();
    }

    private static List<Path> files(Predicate<String> isWrong, String... endings) {
        return Sources.below("", endings).stream()
                .filter(file -> !BINARY.contains(ending(file)))
                .filter(file -> isWrong.test(Sources.read(file)))
                .toList();
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
