/// The peer that the transfers are tried against: aioquic, with both forms of a transfer in both roles.
enum AioquicScript {
    /// Arguments: `server CERTIFICATE KEY` answers one connection, its port in the first line on standard error;
    /// `client PORT CERTIFICATE N [upload]` makes one transfer and prints `good` or `bad`.
    static let text = """
        import asyncio
        import hashlib
        import sys

        from aioquic.asyncio import QuicConnectionProtocol, connect, serve
        from aioquic.quic.configuration import QuicConfiguration
        from aioquic.quic.events import ConnectionTerminated, StreamDataReceived


        class Server(QuicConnectionProtocol):
            ended = None

            def __init__(self, *arguments, **options):
                super().__init__(*arguments, **options)
                self.streams = {}

            def quic_event_received(self, event):
                if isinstance(event, ConnectionTerminated):
                    Server.ended.set()
                if not isinstance(event, StreamDataReceived):
                    return
                data = self.streams.setdefault(event.stream_id, bytearray())
                data += event.data
                if not event.end_stream:
                    return
                if data.startswith(b"GET /"):
                    answer = bytes(int(data[5:]))
                else:
                    answer = hashlib.sha256(data).hexdigest().encode()
                self._quic.send_stream_data(event.stream_id, answer, end_stream=True)
                self.transmit()


        async def run_server(certificate, key):
            Server.ended = asyncio.Event()
            configuration = QuicConfiguration(is_client=False, alpn_protocols=["hq-interop"])
            configuration.load_cert_chain(certificate, key)
            server = await serve("::1", 0, configuration=configuration, create_protocol=Server)
            print(f"port:{server._transport.get_extra_info('sockname')[1]}", file=sys.stderr, flush=True)
            await asyncio.wait_for(Server.ended.wait(), 60)


        async def run_client(port, certificate, count, uploads):
            configuration = QuicConfiguration(is_client=True, alpn_protocols=["hq-interop"], server_name="localhost")
            configuration.load_verify_locations(certificate)
            async with connect("::1", port, configuration=configuration) as connection:
                reader, writer = await connection.create_stream()
                content = bytes(i & 0xFF for i in range(count)) if uploads else b"GET /%d\\r\\n" % count
                writer.write(content)
                writer.write_eof()
                answer = await asyncio.wait_for(reader.read(-1), 60)
            good = answer == hashlib.sha256(content).hexdigest().encode() if uploads else len(answer) == count
            print("good" if good else "bad", flush=True)


        if sys.argv[1] == "server":
            asyncio.run(run_server(sys.argv[2], sys.argv[3]))
        else:
            asyncio.run(run_client(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), len(sys.argv) > 5))

        """
}
