// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Several customers at once, each on a connection of its own. */
final class Customers implements AutoCloseable {

    private static final int CONNECTIONS = 8;
    private static final int MAX_ANSWER_BYTES = 4096;

    private final EventLoopGroup eventLoop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    /** Places the orders and returns when each has its answer, or its connection is lost. */
    void place(OrderBook orders, SocketAddress shop) throws InterruptedException {
        Bootstrap bootstrap = new Bootstrap()
                .group(eventLoop)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec())
                                .addLast(new HttpObjectAggregator(MAX_ANSWER_BYTES))
                                .addLast(new Customer(orders));
                    }
                });
        List<ChannelFuture> connections = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            connections.add(bootstrap.connect(shop));
        }
        for (ChannelFuture connection : connections) {
            connection.sync().channel().closeFuture().sync();
        }
    }

    @Override
    public void close() {
        eventLoop.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
