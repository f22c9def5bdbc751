// SPDX-License-Identifier: Apache-2.0
package dev.heldby.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.heldby.Behaviour;
import dev.heldby.Level;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScanControlTest {
    private final Program program = new Program();
    private final ScanThread thread = new ScanThread(program.scanner, result -> {});
    private final ScanControl control =
            new ScanControl(program.scanner, thread, program.depot, number -> "worker-" + number);

    @AfterEach
    void stop() {
        thread.stop();
    }

    private String scan() {
        program.pass(10);
        return control.command("scan");
    }

    private void refuse(String command, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> control.command(command))
                .withMessage(sentence);
    }

    private void refuseAsOff(String command) {
        assertThatIllegalStateException()
                .isThrownBy(() -> control.command(command))
                .withMessage("Off-heap blocks are not recorded any more, so '" + command
                        + "' cannot be done: only 'clear' is left; restart the program to record them again.");
    }

    private long leakHere() {
        return program.allocate(96);
    }

    private long leakThere() {
        return program.allocate(48);
    }

    /** Without the lines of stacks. */
    private static String withoutStacks(String text) {
        return text.replaceAll("(?m)^    .*\n", "");
    }

    @Test
    @Behaviour("KM-23")
    void should_refuse_all_but_clear_when_off() {
        leakHere();
        scan();
        scan();
        String before = control.read();
        control.command("scan=on");

        assertThat(control.command("off")).isEmpty();

        for (String command : new String[] {"off", "scan", "scan=on", "scan=off", "stack=on", "dump=0x1", "nonsense"}) {
            refuseAsOff(command);
        }
        assertThat(thread.isRunning()).isFalse();
        assertThat(control.read()).isEqualTo(before).isNotEmpty();
        assertThat(control.command("clear")).isEmpty();
        assertThat(control.read()).isEmpty();
        assertThat(program.blocks.held()).isZero();
    }

    @Test
    void should_keep_no_records_when_switched_off_without_leaks() {
        leakHere();
        control.command("off");

        assertThat(program.blocks.held()).isZero();
    }

    @Test
    @Behaviour("KM-24")
    void should_know_a_command_by_its_begin_and_refuse_what_is_none() {
        String fix =
                ": give off, stack=on, stack=off, hex=on, hex=off, scan=on, scan=off, scan=SECONDS, scan, precise, clear, dump=ADDRESS, holders=ADDRESS or summary.";
        refuse("hello", "There is no command 'hello'" + fix);
        refuse("", "There is no command ''" + fix);
        refuse(
                "scan=abc",
                "'abc' in 'scan=abc' is no number that fits: give a decimal one, or 0x and hexadecimal digits.");
        refuse(
                "scan=-1",
                "'-1' in 'scan=-1' is no number that fits: give a decimal one, or 0x and hexadecimal digits.");
        refuse(
                "scan=0x100000000",
                "'0x100000000' in 'scan=0x100000000' is no number that fits: give a decimal one, or 0x and hexadecimal"
                        + " digits.");

        leakHere();
        program.pass(10);
        assertThat(control.command("scanx")).isEmpty();
        assertThat(scan()).contains("1 new suspected leak");

        control.command("scan=0x20\n");
        assertThat(thread.isRunning()).isTrue();
        assertThat(thread.periodSeconds()).isEqualTo(32);
        control.command("scan=010");
        assertThat(thread.periodSeconds()).isEqualTo(8);
        control.command("scan=4294967295");
        assertThat(thread.periodSeconds()).isEqualTo(4_294_967);
        control.command("scan=0");
        assertThat(thread.isRunning()).isFalse();
        assertThat(thread.periodSeconds()).isEqualTo(4_294_967);

        control.command("scan=" + "0".repeat(57) + "7" + "999");
        assertThat(thread.periodSeconds()).isEqualTo(7);
    }

    @Test
    @Behaviour("KM-25")
    void should_show_the_whole_record_when_an_inner_address_is_dumped() {
        long block = leakHere();
        program.blocks.noScan(block);

        String text = control.command("dump=" + (block + 95));

        assertThat(withoutStacks(text)).isEqualTo("""
                        block 0x7f1234000000 (size 96):
                          needs 1, found 0, scans without 0, not scanned, checksum ffffffff
                          thread worker-7, allocated at 0 ms
                        """);
        assertThat(text).contains("    dev.heldby.scan.Program.allocate(", ".leakHere(");
        scan();
        scan();
        assertThat(control.command("dump=0x" + Long.toHexString(block)))
                .contains("needs 1, found 0, scans without 1, reported, not scanned, checksum ");
        refuse(
                "dump=0x7f1234000060",
                "The address 0x7f1234000060 is in no recorded block: give one that a listing shows, or one inside of such a"
                        + " block.");
        refuse("dump=", "'' in 'dump=' is no number that fits: give a decimal one, or 0x and hexadecimal digits.");
    }

    @Test
    @Behaviour("KM-27")
    void should_tell_leaks_of_one_stack_together_and_list_each() {
        for (int i = 0; i < 3; i++) {
            leakHere();
        }
        leakThere();
        scan();

        assertThat(withoutStacks(scan())).isEqualTo("""
                        unreferenced block 0x7f1234000000 (size 96):
                          thread worker-7, allocated at 0 ms
                          ... and 2 more blocks with the same stack
                        unreferenced block 0x7f12340001e0 (size 48):
                          thread worker-7, allocated at 0 ms
                        4 new suspected leaks of off-heap memory. In all 4 blocks (336 bytes) are unreferenced.""");
        assertThat(control.read().split("unreferenced block", -1)).hasSize(5);
    }

    @Test
    @Behaviour("KM-28")
    void should_tell_each_leak_when_they_have_no_stack() {
        program.blocks.levels(rule -> Level.COUNT);
        leakHere();
        leakHere();
        scan();

        assertThat(scan()).isEqualTo("""
                unreferenced block 0x7f1234000000 (size 96):
                  thread worker-7, allocated at 0 ms, no stack
                unreferenced block 0x7f12340000a0 (size 96):
                  thread worker-7, allocated at 0 ms, no stack
                2 new suspected leaks of off-heap memory. In all 2 blocks (192 bytes) are unreferenced.""");
    }

    @Test
    @Behaviour("KM-32")
    void should_read_the_threads_stacks_only_when_they_are_on() {
        program.write(Program.STACK, leakHere());
        scan();
        assertThat(scan()).isEmpty();

        control.command("stack=off");
        assertThat(scan()).contains("1 new suspected leak");
        assertThat(control.read()).isNotEmpty();

        control.command("stack=on");
        assertThat(scan()).isEmpty();
        assertThat(control.read()).isEmpty();
    }

    @Test
    void should_list_nothing_when_cleared() {
        leakHere();
        scan();
        scan();

        assertThat(control.command("clear")).isEmpty();
        assertThat(control.read()).isEmpty();
    }

    @Test
    void should_tell_how_the_leaks_grow_from_scan_to_scan() {
        leakHere();
        scan();
        assertThat(scan())
                .endsWith("1 new suspected leak of off-heap memory. In all 1 block (96 bytes) is unreferenced.");
        assertThat(scan())
                .isEqualTo(
                        "No new suspected leak of off-heap memory. In all 1 block (96 bytes) is unreferenced, no more than"
                                + " at the scan before.");

        leakHere();
        scan();
        leakThere();
        assertThat(scan())
                .endsWith(
                        "In all 2 blocks (192 bytes) are unreferenced, 1 block (96 bytes) more than at the scan before.");
        assertThat(scan())
                .endsWith(
                        "In all 3 blocks (240 bytes) are unreferenced, 1 block (48 bytes) more than at the scan before;"
                                + " they have grown in 2 scans in a row.");

        control.command("clear");
        assertThat(scan()).isEmpty();
    }

    @Test
    void should_show_how_a_block_begins_only_when_told_to() {
        long block = program.allocate(36);
        program.write(block, 0x6f6c_6c65_6840_0102L);
        program.write(block + 32, 0x2121_2121_2121_2121L);
        scan();
        scan();

        assertThat(control.read()).doesNotContain("hex dump");
        control.command("hex=on");
        assertThat(control.read()).contains("""
                          hex dump (first 32 bytes):
                            02 01 40 68 65 6c 6c 6f 00 00 00 00 00 00 00 00  ..@hello........
                            00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  ................
                          thread worker-7""".indent(2).stripTrailing());
        control.command("hex=off");
        assertThat(control.read()).doesNotContain("hex dump");
    }

    @Test
    void should_show_no_byte_behind_a_block() {
        long block = program.allocate(3);
        program.write(block, 0x4141_4141_4141_4141L);

        control.command("hex=on");

        assertThat(control.command("dump=" + block))
                .contains("\n    41 41 41 " + " ".repeat(40) + "AAA\n  thread worker-7");
    }

    @Test
    void should_add_up_blocks_by_place_and_by_what_is_known_of_them() {
        leakHere();
        program.variable(program.allocate(300));
        scan();
        scan();
        leakHere();

        assertThat(control.command("summary").lines().filter(line -> !line.contains("Program.java")))
                .containsSequence(
                        "    referenced     300 bytes in 1 block, such as 0x7f12340000a0",
                        "    unreferenced   96 bytes in 1 block, such as 0x7f1234000000",
                        "    not yet judged 96 bytes in 1 block, such as 0x7f1234000210",
                        "all recorded blocks",
                        "    referenced     300 bytes in 1 block",
                        "    unreferenced   96 bytes in 1 block",
                        "    not yet judged 96 bytes in 1 block")
                .anyMatch(line -> line.matches("direct buffers, as the JVM counts them: [0-9,]+ bytes"))
                .endsWith("The JVM does not track its native memory: it was started without"
                        + " -XX:NativeMemoryTracking=summary.");
    }

    @Test
    void should_tell_of_each_origin_how_its_leaks_grow() {
        leakThere();
        for (int round = 0; round < 2; round++) {
            leakHere();
            scan();
            scan();
        }

        Map<String, Trend> trends = new HashMap<>();
        Origin.group(program.scanner.leaks())
                .forEach((origin, leaks) -> trends.put(
                        program.depot.frames(origin.stack()).get(1).getMethodName(), program.scanner.trend(origin)));
        assertThat(trends)
                .isEqualTo(Map.of("leakHere", new Trend(2, 192, 1, 96, 1), "leakThere", new Trend(1, 48, 0, 0, 0)));
        control.command("clear");
        assertThat(program.scanner.trend(new Origin(0, 1))).isEqualTo(Trend.NONE);
    }
}
