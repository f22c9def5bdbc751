// SPDX-License-Identifier: Apache-2.0
package com.example.numbered;

import dev.heldby.handle.Handle;
import dev.heldby.handle.LapsedHandleException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/*
 * A zlib inflater that several parts of a program share, each through a handle of its own.
 *
 * Notice:
 *  - the connection gives its handle back while a message still inflates: the message has retained, and goes on;
 *  - the meter goes on as well, through the connection's handle, which is given back. The inflater is alive only by chance, so
 *    that without handles this works until the day when the message is read to its end sooner. Here it is refused at once;
 *  - the report names Meter.read, not whoever gives the last handle back.
 */
public final class E09_HandleAroundANativeResource {

    private E09_HandleAroundANativeResource() {}

    public static void main(String[] args) throws DataFormatException {
        boolean fixed = List.of(args).contains("--fixed");
        Connection connection = new Connection();
        Message message = connection.receive(deflated("hello"));
        Meter meter = connection.measure(fixed);
        connection.hangUp();
        System.out.println("the message: " + message.text());
        try {
            System.out.println("bytes inflated: " + meter.read());
        } catch (LapsedHandleException e) {
            System.out.println("the meter was refused, with " + message.inflater.count() + " reference left");
        }
        message.close();
        if (fixed) {
            meter.inflater.close();
        }
    }

    private static byte[] deflated(String text) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            byte[] bytes = new byte[64];
            deflater.deflate(bytes);
            return bytes;
        } finally {
            deflater.end();
        }
    }

    private static final class Connection {
        private final Handle<Inflater> inflater = Handle.of(new Inflater(), Inflater::end);

        Message receive(byte[] bytes) {
            return new Message(inflater.retain(), bytes);
        }

        Meter measure(boolean fixed) {
            return new Meter(fixed ? inflater.retain() : inflater);
        }

        void hangUp() {
            inflater.close();
        }
    }

    private static final class Message {
        private final Handle<Inflater> inflater;
        private final byte[] bytes;

        Message(Handle<Inflater> inflater, byte[] bytes) {
            this.inflater = inflater;
            this.bytes = bytes;
        }

        String text() throws DataFormatException {
            byte[] text = new byte[64];
            inflater.get().setInput(bytes);
            int length = inflater.get().inflate(text);
            return new String(text, 0, length, StandardCharsets.UTF_8);
        }

        void close() {
            inflater.close();
        }
    }

    private static final class Meter {
        private final Handle<Inflater> inflater;

        Meter(Handle<Inflater> inflater) {
            this.inflater = inflater;
        }

        long read() {
            return inflater.get().getBytesWritten();
        }
    }

    /*
     * To run:
     *   heldby run -- java -cp examples/target/heldby-examples.jar com.example.numbered.E09_HandleAroundANativeResource [--fixed]
     */
}
