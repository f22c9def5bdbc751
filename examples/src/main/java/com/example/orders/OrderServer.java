// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerKeepAliveHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The shop on a free port of the loopback interface, open from construction to {@link #close}. */
final class OrderServer implements AutoCloseable {

    private static final int MAX_ORDER_BYTES = 4096;

    private final Ledger ledger = new Ledger();
    private final ExecutorService backOffice = Executors.newFixedThreadPool(2);
    private final EventLoopGroup eventLoops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ReceiptArchive archive = new ReceiptArchive();
    private final RecentOrders recentOrders;
    private final Channel listener;

    OrderServer(boolean fixed) throws IOException {
        recentOrders = new RecentOrders(ledger, fixed);
        List<OrderStep> steps = List.of(
                new AuditLog(backOffice, ledger),
                new FraudCheck(ledger),
                new Tax(ledger),
                recentOrders,
                new Loyalty(backOffice, ledger),
                new Metrics(ledger),
                new Invoice(backOffice, ledger));
        listener = listen(new OrderHandler(steps, new Stock(), archive, fixed));
    }

    private Channel listen(OrderHandler handler) {
        return new ServerBootstrap()
                .group(eventLoops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpServerKeepAliveHandler())
                                .addLast(new HttpObjectAggregator(MAX_ORDER_BYTES))
                                .addLast(handler);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    Ledger ledger() {
        return ledger;
    }

    /** Closes the door first, then lets the back office finish, and clears the shelves last. */
    @Override
    public void close() throws IOException {
        listener.close().syncUninterruptibly();
        eventLoops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        finishBackOffice();
        recentOrders.close();
        archive.close();
    }

    private void finishBackOffice() {
        backOffice.shutdown();
        try {
            if (!backOffice.awaitTermination(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the back office did not finish within 60 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the back office had finished", e);
        }
    }
}
