// SPDX-License-Identifier: Apache-2.0
package dev.heldby.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class SitesTest {
    private final Sites sites = new Sites(Life.RULE, Set.of("com.example.Blob"));

    private String site(String frames) {
        Site site = sites.stack(Life.stack(frames)).site();
        return site.className() + "." + site.method();
    }

    @Test
    void should_pass_over_the_library_and_the_jdk_when_the_program_called_them() {
        assertThat(site("io.netty.buffer.B.release java.util.ArrayList.forEach app.A.run:3 app.A.main:4"))
                .isEqualTo("app.A.run");
    }

    @Test
    void should_know_the_library_again_when_it_is_shaded() {
        assertThat(site("io.grpc.netty.shaded.io.netty.buffer.B.release app.A.run:3"))
                .isEqualTo("app.A.run");
    }

    @Test
    void should_pass_over_hidden_lambda_classes_and_accessors_but_not_lambda_bodies() {
        assertThat(site("app.A$$Lambda$14/0x0000000800c03000.run app.A.access$000 app.A.lambda$main$0:3 app.A.main:4"))
                .isEqualTo("app.A.lambda$main$0");
    }

    @Test
    void should_take_the_outermost_frame_beyond_the_jdk_when_all_is_plumbing() {
        assertThat(site("io.netty.buffer.B.release io.netty.buffer.Cache.trim java.lang.Thread.run"))
                .isEqualTo("io.netty.buffer.Cache.trim");
    }

    @Test
    void should_take_the_innermost_frame_when_all_is_the_jdk() {
        assertThat(site("java.util.zip.Inflater.<init> java.lang.Thread.run"))
                .isEqualTo("java.util.zip.Inflater.<init>");
    }

    @Test
    void should_pass_over_the_objects_own_constructors_but_not_its_holders() {
        assertThat(site("lib.Counted.<init> com.example.BlobBase.<init> com.example.Blob.<init>:5 app.Holder.<init>:3"))
                .isEqualTo("app.Holder.<init>");
    }

    @Test
    void should_let_live_what_a_class_initializer_or_the_jdk_itself_makes() {
        assertThat(sites.isLifelong(Life.stack("io.netty.buffer.B.take app.Codec.<clinit>:3 app.A.main:4")))
                .isTrue();
        assertThat(sites.isLifelong(Life.stack("java.io.F.<init> sun.security.Random.seed")))
                .isTrue();
        assertThat(sites.isLifelong(Life.stack("java.io.F.<init> app.A.main:4")))
                .isFalse();
    }
}
