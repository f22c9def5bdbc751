// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of all receipts, in a temporary place and deleted when the shop closes. */
final class ReceiptArchive implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    ReceiptArchive() throws IOException {
        file = Files.createTempFile("receipts", ".txt");
        channel = FileChannel.open(file, StandardOpenOption.APPEND);
    }

    /** Writes the receipt and releases it: the caller gives its reference away. */
    void store(ByteBuf receipt) throws IOException {
        try {
            receipt.readBytes(channel, receipt.readableBytes());
        } finally {
            receipt.release();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.delete(file);
    }
}
