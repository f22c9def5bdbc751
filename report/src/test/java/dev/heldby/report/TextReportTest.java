// SPDX-License-Identifier: Apache-2.0
package dev.heldby.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heldby.analysis.Analysis;
import dev.heldby.analysis.Finding;
import dev.heldby.analysis.Findings;
import dev.heldby.snapshot.Observation;
import dev.heldby.snapshot.Op;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextReportTest {
    private static String text(List<Observation> observations, String... troubles) {
        return TextReport.complete().render(Sample.of(observations, List.of(Sample.healthy()), troubles));
    }

    @Test
    void should_show_where_healthy_objects_are_released_when_the_maker_forgets() {
        assertThat(text(List.of(Sample.forgotten()))).isEqualTo("""
                1. missing release: 17 x PooledUnsafeDirectByteBuf, 4,352 bytes, unreachable
                   The reference to a PooledUnsafeDirectByteBuf that Upload.read (Upload.java:21) takes by making it is never given back; where all goes well it is given back at Upload.fail (Upload.java:40).
                   taken and never given back:
                     shop.Upload.read(Upload.java:21)
                     shop.Upload.run(Upload.java:12)
                     ... 1 frame of the JDK
                     within it: ... 2 frames of io.netty
                   released here when all goes well (17 of 12,058):
                     shop.Upload.fail(Upload.java:40)
                     shop.Upload.run(Upload.java:16)
                     ... 1 frame of the JDK
                     within it: ... 1 frame of io.netty
                   released here when all goes well (12,041 of 12,058):
                     shop.Upload.close(Upload.java:34)
                     shop.Upload.run(Upload.java:14)
                     ... 1 frame of the JDK
                     within it: ... 1 frame of io.netty
                   history of one object (-, one of 17) and of one that ended well (+, one of 12,041):
                     born   1  worker-1  shop.Upload.read(Upload.java:21)
                   + put    0  worker-1  shop.Upload.close(Upload.java:34)
                   fingerprint 498f0a4e82fdee0b

                no other findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_show_lost_blocks_and_what_explains_the_memory() {
        Findings findings = Analysis.analyze(
                Sample.snapshot(List.of(Sample.lost()), List.of()).withFootprint(Sample.footprint()));

        assertThat(TextReport.complete().render(findings))
                .isEqualTo("""
                1. unreferenced memory: 12 x off-heap memory, 3,072 bytes, found by a scan
                   Off-heap memory that Map.put (Map.java:45) allocates is not freed, and nothing points to it any more.
                   64 to 1,024 bytes each, allocated 5 to 65 seconds ago; 4 of them, 1,024 bytes, since the scan before, more at each of 3 scans
                     01 40 68 69  .@hi
                   allocated and never freed:
                     shop.Map.put(Map.java:45)
                     shop.Main.main(Main.java:9)
                     within it: ... 1 frame of the JDK
                   history of one object (operation, references after it, thread, place):
                     born   1  worker-1  shop.Map.put(Map.java:45)
                   fingerprint FINGERPRINT

                no other findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                off-heap memory:
                  13,312 bytes in 52 blocks: shop.Upload.read(Upload.java:21)
                      referenced     10,240 bytes in 40 blocks, such as 0x7f0012345670
                      unreferenced   3,072 bytes in 12 blocks, such as 0x7f0012345a70
                  100 bytes in 1 block: where no stack was recorded
                      not yet judged 100 bytes in 1 block, such as 0x7f0012345c70
                  all recorded blocks
                      referenced     10,240 bytes in 40 blocks
                      unreferenced   3,072 bytes in 12 blocks
                      not yet judged 100 bytes in 1 block
                  resident memory of the process: 50,000,000 bytes
                      Java Heap: 20,000,000 bytes
                """.replace("FINGERPRINT", findings.findings().get(0).fingerprint()));
    }

    @Test
    void should_name_the_exception_that_left_objects_open() {
        Observation forgotten = Sample.forgotten();
        Observation left = new Observation(
                forgotten.state(),
                forgotten.type(),
                forgotten.rule(),
                forgotten.count(),
                forgotten.bytes(),
                forgotten.firstSeen(),
                forgotten.lastSeen(),
                "shop.Full thrown at shop.Check.room(Check.java:9), out of shop.Upload.run",
                forgotten.example());
        assertThat(text(List.of(left, Sample.forgotten()))).contains("""
                 within it: ... 1 frame of io.netty
               left open by an exception, 17 of 34:
                 shop.Full thrown at shop.Check.room(Check.java:9), out of shop.Upload.run
               history of one object (-, one of 17) and of one that ended well (+, one of 12,041):
            """);
    }

    @Test
    void should_shorten_a_long_history_and_say_why_it_is_unsure_when_a_cache_keeps_a_reference() {
        assertThat(text(List.of(Sample.cached()))).isEqualTo("""
                1. missing release: 3 x PooledUnsafeDirectByteBuf, 768 bytes, held at exit
                   The reference to a PooledUnsafeDirectByteBuf that Cache.put (Cache.java:8) takes is never given back.
                   taken and never given back:
                     shop.Cache.put(Cache.java:8)
                     shop.Upload.run(Upload.java:13)
                     ... 1 frame of the JDK
                     within it: shop.Reader.begin(Reader.java:3), ... 1 frame of io.netty
                   history of one object (operation, references after it, thread, place):
                     born   1  worker-1  shop.Upload.read(Upload.java:21)
                     get    2  worker-1  shop.Cache.put(Cache.java:8)
                     get    3  worker-1  shop.Filter.f(Filter.java:5)
                     put    2  worker-1  shop.Reader.end(Reader.java:4)
                     get    3  worker-1  shop.Filter.f(Filter.java:5)
                     put    2  worker-1  shop.Reader.end(Reader.java:4)
                     get    3  worker-1  shop.Filter.f(Filter.java:5)
                     put    2  worker-1  shop.Reader.end(Reader.java:4)
                     ... 5 events more, in the JSON report
                     put    2  worker-1  shop.Reader.end(Reader.java:4)
                     get    3  worker-1  shop.Filter.f(Filter.java:5)
                     put    2  worker-1  shop.Reader.end(Reader.java:4)
                     get    3  worker-1  shop.Filter.f(Filter.java:5)
                     put    2  worker-1  shop.Reader.end(Reader.java:4)
                     get    3  worker-1  shop.Filter.f(Filter.java:5)
                     put    2  worker-1  shop.Reader.end(Reader.java:4)
                     put    1  worker-1  shop.Upload.close(Upload.java:34)
                   certainty 81 %: the pairing rests on the shape of the stacks, it was still held, which may be meant
                   fingerprint 965b6da38d88e0df

                no other findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_say_that_it_cannot_be_sure_when_all_puts_look_alike() {
        assertThat(text(List.of(Sample.released()))).isEqualTo("""
                1. surplus release: 2 x PooledUnsafeDirectByteBuf, 512 bytes, refused
                   A reference to a PooledUnsafeDirectByteBuf is given back once too often; HeldBy cannot be sure by whom, perhaps at Log.line (Log.java:5); the refusal hits Peer.send (Peer.java:9).
                   perhaps given back without being held:
                     shop.Log.line(Log.java:5)
                     shop.Upload.run(Upload.java:13)
                     within it: ... 1 frame of io.netty
                   history of one object (operation, references after it, thread, place):
                     born   1  worker-1  shop.Upload.read(Upload.java:21)
                     get    2  worker-1  shop.Upload.run(Upload.java:13)
                     put    1  worker-1  shop.Log.line(Log.java:5)
                     put    0  worker-1  shop.Sink.write(Sink.java:7)
                     put    0  worker-1  shop.Peer.send(Peer.java:9)
                   certainty 33 %: the record fits 3 places equally well, also Sink.write (Sink.java:7), Peer.send (Peer.java:9)
                   fingerprint d73b8b42fb54f7f6

                no other findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_say_how_to_see_more_when_only_counting_was_on() {
        assertThat(text(List.of(Sample.counted()))).isEqualTo("""
                1. missing release: 1,700 x PooledUnsafeDirectByteBuf, 435,200 bytes, unreachable
                   1,700 x PooledUnsafeDirectByteBuf never given back; no stacks were recorded, so set level trace or full for the rule netty to see the place.
                   fingerprint d76fa5e4dda19d00

                no other findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_say_how_many_are_left_out_when_limited() {
        String text = TextReport.limitedTo(1)
                .render(Sample.of(
                        List.of(Sample.forgotten(), Sample.cached(), Sample.counted()), List.of(Sample.healthy())));
        assertThat(text).isEqualTo("""
                1. missing release: 17 x PooledUnsafeDirectByteBuf, 4,352 bytes, unreachable
                   The reference to a PooledUnsafeDirectByteBuf that Upload.read (Upload.java:21) takes by making it is never given back; where all goes well it is given back at Upload.fail (Upload.java:40).
                   taken and never given back:
                     shop.Upload.read(Upload.java:21)
                     shop.Upload.run(Upload.java:12)
                     ... 1 frame of the JDK
                     within it: ... 2 frames of io.netty
                   released here when all goes well (17 of 12,058):
                     shop.Upload.fail(Upload.java:40)
                     shop.Upload.run(Upload.java:16)
                     ... 1 frame of the JDK
                     within it: ... 1 frame of io.netty
                   released here when all goes well (12,041 of 12,058):
                     shop.Upload.close(Upload.java:34)
                     shop.Upload.run(Upload.java:14)
                     ... 1 frame of the JDK
                     within it: ... 1 frame of io.netty
                   history of one object (-, one of 17) and of one that ended well (+, one of 12,041):
                     born   1  worker-1  shop.Upload.read(Upload.java:21)
                   + put    0  worker-1  shop.Upload.close(Upload.java:34)
                   fingerprint 498f0a4e82fdee0b

                2 of 3 findings not shown; raise the limit to see them
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_say_unreliable_when_parts_of_the_recording_failed() {
        assertThat(text(List.of(), "Class io.netty.X was not woven: no room for \u201cit\u201d."))
                .isEqualTo("""
                no findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                unreliable, because parts of the recording failed:
                  Class io.netty.X was not woven: no room for \\u201cit\\u201d.
                """);
    }

    @Test
    void should_say_no_findings_when_all_went_well() {
        assertThat(text(List.of())).isEqualTo("""
                no findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_count_suppressed_findings_and_mark_known_ones() {
        Findings all = Sample.of(List.of(Sample.counted(), Sample.forgotten()), List.of());
        List<Finding> marked = List.of(
                all.findings().get(0).marked(true, true), all.findings().get(1).marked(false, false));
        assertThat(TextReport.complete().render(all.with(marked))).isEqualTo("""
                1. missing release: 1,700 x PooledUnsafeDirectByteBuf, 435,200 bytes, unreachable, known
                   1,700 x PooledUnsafeDirectByteBuf never given back; no stacks were recorded, so set level trace or full for the rule netty to see the place.
                   fingerprint d76fa5e4dda19d00

                no other findings
                1 suppressed
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_name_the_last_release_when_a_use_is_refused() {
        Observation lapsed = Sample.seen(
                Observation.State.LAPSED_USE,
                1,
                List.of(
                        Sample.event(Op.BORN, 1, 0, Sample.BIRTH),
                        Sample.event(Op.PUT, 0, 1, Sample.END),
                        Sample.event(Op.USE, 0, 2, Sample.stack("io.netty.buffer.B.getByte shop.Peer.read:9"))));
        assertThat(text(List.of(lapsed))).isEqualTo("""
                1. use after release: 1 x PooledUnsafeDirectByteBuf, 256 bytes, refused
                   Peer.read (Peer.java:9) uses a PooledUnsafeDirectByteBuf after its last reference was given back at Upload.close (Upload.java:34).
                   used after the last release:
                     shop.Peer.read(Peer.java:9)
                     within it: ... 1 frame of io.netty
                   history of one object (operation, references after it, thread, place):
                     born   1  worker-1  shop.Upload.read(Upload.java:21)
                     put    0  worker-1  shop.Upload.close(Upload.java:34)
                     use    0  worker-1  shop.Peer.read(Peer.java:9)
                   fingerprint f1723e03f4a7f74f

                no other findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }

    @Test
    void should_say_how_many_frames_are_left_out_when_a_stack_is_deep() {
        StringBuilder frames = new StringBuilder("io.netty.buffer.Pool.take");
        for (int i = 0; i < 20; i++) {
            frames.append(" shop.Deep.m").append(i).append(':').append(i);
        }
        Observation deep = Sample.seen(
                Observation.State.UNREACHABLE,
                1,
                List.of(Sample.event(Op.BORN, 1, 0, Sample.stack(frames.toString()))));
        assertThat(text(List.of(deep))).isEqualTo("""
                1. missing release: 1 x PooledUnsafeDirectByteBuf, 256 bytes, unreachable
                   The reference to a PooledUnsafeDirectByteBuf that Deep.m0 (Deep.java:0) takes by making it is never given back.
                   taken and never given back:
                     shop.Deep.m0(Deep.java:0)
                     shop.Deep.m1(Deep.java:1)
                     shop.Deep.m2(Deep.java:2)
                     shop.Deep.m3(Deep.java:3)
                     shop.Deep.m4(Deep.java:4)
                     shop.Deep.m5(Deep.java:5)
                     shop.Deep.m6(Deep.java:6)
                     shop.Deep.m7(Deep.java:7)
                     shop.Deep.m8(Deep.java:8)
                     shop.Deep.m9(Deep.java:9)
                     shop.Deep.m10(Deep.java:10)
                     shop.Deep.m11(Deep.java:11)
                     ... 8 lines further out, in the JSON report
                     within it: ... 1 frame of io.netty
                   history of one object (operation, references after it, thread, place):
                     born   1  worker-1  shop.Deep.m0(Deep.java:0)
                   fingerprint e1337c494a52e9c7

                no other findings
                coverage: 12,345 objects followed, 12,075 of them with a full history, 0 records dropped
                """);
    }
}
