// SPDX-License-Identifier: Apache-2.0
package dev.heldby.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.Level;
import dev.heldby.weave.targets.Annotated;
import dev.heldby.weave.targets.Bridges;
import dev.heldby.weave.targets.InterfaceMethods;
import dev.heldby.weave.targets.RecordTarget;
import dev.heldby.weave.targets.Throwing;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WeaverTest {
    private static final byte[] THROWING = Weaving.bytes(Throwing.class);

    private static Class<?> define(Weaving weaving, Class<?> type, boolean field) throws Exception {
        return weaving.new Loader(type.getName(), field).loadClass(type.getName());
    }

    private static long probeCalls(byte[] classFile) {
        String text = new String(classFile, java.nio.charset.StandardCharsets.ISO_8859_1);
        return text.contains(Weaving.LOG) ? 1 : 0;
    }

    @Test
    void should_come_back_as_nothing_when_no_rule_has_to_do_with_the_class() throws Exception {
        Weaving weaving = Weaving.by(Throwing.RULES);

        assertThat(weaving.weave(Weaving.bytes(Bridges.class), true)).isEmpty();
        assertThat(weaving.weaver.mightWeave("dev/heldby/weave/targets/Bridges", Weaving.bytes(Bridges.class)))
                .isFalse();
    }

    @Test
    void should_come_back_as_nothing_when_the_class_names_the_annotation_but_does_not_carry_it() throws Exception {
        Weaving weaving = Weaving.by(Annotated.RULES);
        byte[] unmarked = Weaving.bytes(
                Annotated.class.getName() + "$Unmarked", getClass().getClassLoader());

        assertThat(weaving.weaver.mightWeave("dev/heldby/weave/targets/Annotated$Unmarked", unmarked))
                .isTrue();
        assertThat(weaving.weave(unmarked, true)).isEmpty();
    }

    @Test
    void should_name_each_probe_and_its_line_when_it_was_inserted() throws Exception {
        Weaving weaving = Weaving.by(Throwing.RULES);
        weaving.weave(THROWING, true);

        assertThat(weaving.probes).hasSize(5);
        assertThat(weaving.probes.get(0))
                .startsWith("dev.heldby.weave.targets.Throwing.<init>: born (")
                .endsWith(".rules line 3)");
    }

    @Test
    void should_have_the_field_and_no_probes_when_the_rule_is_off() throws Exception {
        Weaving off = Weaving.by(Throwing.RULES, Weaving.LOG, Level.OFF);
        WovenClass woven = off.weave(THROWING, true).orElseThrow();

        assertThat(woven.hasField()).isTrue();
        assertThat(woven.probes()).isEmpty();
        assertThat(probeCalls(woven.bytes())).isEqualTo(probeCalls(THROWING));
        assertThat(define(off, Throwing.class, true).getDeclaredField(LifecycleField.NAME))
                .isNotNull();
    }

    @Test
    void should_come_back_as_nothing_when_the_rule_is_off_and_there_is_no_field() throws Exception {
        assertThat(Weaving.by(Throwing.RULES, Weaving.LOG, Level.OFF).weave(THROWING, false))
                .isEmpty();
    }

    @Test
    void should_have_the_same_schema_when_the_rule_is_on_or_off() throws Exception {
        Class<?> on = define(Weaving.by(Throwing.RULES), Throwing.class, true);
        Class<?> off = define(Weaving.by(Throwing.RULES, Weaving.LOG, Level.OFF), Throwing.class, true);

        assertThat(schema(on)).isEqualTo(schema(off));
    }

    private static String schema(Class<?> type) {
        return Arrays.toString(Arrays.stream(type.getDeclaredFields())
                .map(field -> Modifier.toString(field.getModifiers()) + " " + field.getType() + " " + field.getName())
                .toArray());
    }

    @Test
    void should_give_the_same_bytes_when_woven_twice_from_the_same_ones() throws Exception {
        Weaving weaving = Weaving.by(Throwing.RULES);

        assertThat(weaving.weave(THROWING, true).orElseThrow().bytes())
                .isEqualTo(weaving.weave(THROWING, true).orElseThrow().bytes());
    }

    @Test
    void should_hide_the_field_from_serialization_and_reflection_over_synthetics() throws Exception {
        Field field = define(Weaving.by(Throwing.RULES), Throwing.class, true).getDeclaredField(LifecycleField.NAME);

        assertThat(field.isSynthetic()).isTrue();
        assertThat(Modifier.toString(field.getModifiers())).isEqualTo("private transient");
    }

    @Test
    void should_add_no_field_when_the_class_is_a_record_or_an_interface() throws Exception {
        for (Class<?> type : new Class<?>[] {RecordTarget.class, InterfaceMethods.class}) {
            Weaving weaving = Weaving.by((String) type.getField("RULES").get(null));
            Optional<WovenClass> woven = weaving.weave(Weaving.bytes(type), true);

            assertThat(woven.orElseThrow().hasField()).isFalse();
        }
    }

    /** Has no {@code serialVersionUID}: its default one is computed from its members. */
    @SuppressWarnings("serial")
    static class Letter implements Serializable {
        private final String text = "";

        private void close() {}
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void should_keep_the_default_serial_version_when_woven(boolean field) throws Exception {
        Weaving weaving = Weaving.by("rule test\ntype dev.heldby.weave.WeaverTest$Letter\nborn <init>\nput close\n");
        Class<?> woven = define(weaving, Letter.class, field);

        assertThat(weaving.probes).hasSize(2);
        assertThat(ObjectStreamClass.lookup(woven).getSerialVersionUID())
                .isEqualTo(ObjectStreamClass.lookup(Letter.class).getSerialVersionUID());
    }

    @Test
    void should_find_a_relocated_copy_when_the_rule_is_shaded() throws Exception {
        String rules = "rule test\nshaded\ntype heldby.weave.targets.Throwing\nborn <init>\n";

        assertThat(Weaving.by(rules).weave(THROWING, true)).isPresent();
        assertThat(Weaving.by(rules.replace("shaded\n", "")).weave(THROWING, true))
                .isEmpty();
    }

    /** One method for each thing that a rule may get wrong. */
    @SuppressWarnings("unused")
    static class Misfits {
        int size;
        static int shared;
        private String text;

        Misfits(int number) {}

        static Misfits make(int number) {
            return null;
        }

        int number(long wide, String text) {
            return 0;
        }

        void reuses(Misfits other, int references, byte[] content) {
            other = this;
            references++;
            content = null;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get make                               | a static method has no receiver
            born number of result                  | its result is no object
            get number when true                   | its result is not boolean
            use number refused when false          | its result is not boolean
            get number of argument 3               | it has no argument 3
            get number of argument 1               | argument 1 is no object
            get number references argument 1       | argument 1 is no int
            get number references argument 3       | it has no argument 3
            put reuses of argument 1               | it changes its argument 1
            put reuses references argument 2       | it changes its argument 2
            bytes reuses is argument 3             | it changes its argument 3
            bytes number is argument 2             | argument 2 is no number and no array
            bytes number is argument 9             | it has no argument 9
            bytes number is field none             | its class has no int or long field none
            bytes number is field text             | its class has no int or long field text
            bytes number is field shared           | its class has no int or long field shared
            bytes make of result is field size     | a static method has no receiver
            put <init>                             | the object is not there yet when its constructor begins
            use <init>                             | the object is not there yet when its constructor begins
            put make of result                     | its result is not there yet when it begins
            """)
    void should_leave_the_probe_out_and_say_why_when_the_rule_does_not_fit(String operation, String reason)
            throws Exception {
        Weaving weaving = Weaving.by("rule test\ntype dev.heldby.weave.WeaverTest$Misfits\n" + operation + "\n");
        define(weaving, Misfits.class, true);

        assertThat(weaving.probes).isEmpty();
        assertThat(weaving.troubles).hasSize(1);
        assertThat(weaving.troubles.get(0))
                .matches(".*\\.rules line 3 does not fit dev\\.heldby\\.weave\\.WeaverTest\\$Misfits\\.\\S+: .*")
                .endsWith(": " + reason + ".");
    }
}
