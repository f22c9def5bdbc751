// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** One connection that is kept alive: places an order, waits for the answer, places the next. */
final class Customer extends SimpleChannelInboundHandler<FullHttpResponse> {

    private final OrderBook orders;

    Customer(OrderBook orders) {
        this.orders = orders;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        placeNext(ctx);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpResponse response) {
        orders.answered(response.status());
        placeNext(ctx);
    }

    private void placeNext(ChannelHandlerContext ctx) {
        Order order = orders.next();
        if (order == null) {
            ctx.close();
            return;
        }
        ByteBuf form = ByteBufUtil.writeUtf8(ctx.alloc(), order.toForm());
        FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/orders", form);
        request.headers().set(HttpHeaderNames.HOST, "localhost");
        HttpUtil.setContentLength(request, form.readableBytes());
        ctx.writeAndFlush(request);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        System.err.println("a customer gives up: " + cause);
        ctx.close();
    }
}
