/** As much of HTTP/1.1 as a proxy needs, on blocking sockets and virtual threads. Reading order: {@code HttpServer}, {@code Exchange}, {@code OriginClient}. */
@NullMarked
package io.tare.include.http;

import org.jspecify.annotations.NullMarked;
