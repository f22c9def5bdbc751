// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.JavaProgram;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTest {

    private static final String SUMMARY = "12,058 requests answered in \\d+\\.\\d s \\(17 out of stock\\)";

    @Test
    void should_print_two_lines_when_fixed() throws Exception {
        JavaProgram demo = JavaProgram.run("com.example.orders.Demo", "--fixed");

        assertThat(demo.exitCode()).isZero();
        assertThat(demo.output().lines()).hasSize(2);
        assertThat(demo.output().lines().findFirst().orElseThrow()).matches("order server listens on port \\d+");
        assertThat(demo.output().lines().skip(1).findFirst().orElseThrow()).matches(SUMMARY);
    }

    @Test
    void should_leak_receipts_and_recent_orders_when_not_fixed() throws Exception {
        JavaProgram demo = paranoid();

        assertThat(demo.exitCode()).isZero();
        assertThat(demo.output())
                .containsPattern(SUMMARY)
                .contains("LEAK:")
                .contains("com.example.orders.OrderHandler.deliver")
                .contains("com.example.orders.RecentOrders.put");
    }

    @Test
    void should_leak_nothing_when_fixed() throws Exception {
        JavaProgram demo = paranoid("--fixed");

        assertThat(demo.exitCode()).isZero();
        assertThat(demo.output()).containsPattern(SUMMARY).doesNotContain("LEAK:");
    }

    @Test
    void should_hold_137_buffers_when_not_fixed() throws Exception {
        assertThat(counted().output()).contains("held: {channelRead0=120, deliver=17}");
    }

    @Test
    void should_hold_nothing_when_fixed() throws Exception {
        assertThat(counted("--fixed").output()).contains("held: {}");
    }

    @Test
    void should_say_what_it_accepts_when_the_option_is_unknown() throws Exception {
        JavaProgram demo = JavaProgram.run("com.example.orders.Demo", "--requests");

        assertThat(demo.exitCode()).isNotZero();
        assertThat(demo.output()).contains("unknown option '--requests'; use [--fixed] [--requests N]");
    }

    private static JavaProgram paranoid(String... options) throws Exception {
        return demo(
                options,
                "-Dio.netty.leakDetection.level=paranoid",
                "-Dio.netty.leakDetection.targetRecords=32",
                "com.example.orders.DemoThenCollection");
    }

    private static JavaProgram counted(String... options) throws Exception {
        return demo(
                options,
                "-Dio.netty.customResourceLeakDetector=com.example.orders.CountingDetector",
                "com.example.orders.CountingDetector");
    }

    private static JavaProgram demo(String[] options, String... command) throws Exception {
        return JavaProgram.run(Stream.of(command, options).flatMap(Stream::of).toArray(String[]::new));
    }
}
