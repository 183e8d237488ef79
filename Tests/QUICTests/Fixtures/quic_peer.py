"""Peer for the interoperability tests: aioquic, or qh3, which keeps its interface.

    quic_peer.py LIBRARY server [retry] [chacha] [long-chain] [stay] [v1]
    quic_peer.py LIBRARY client PORT SIZE [streams=N] [key-update] [rebind] [migrate] [resume] [early] [chacha]
    quic_peer.py LIBRARY credentials

Protocol on a bidirectional stream: eight bytes N (big-endian), then any number of bytes, then the end. The answer is the
SHA-256 of those bytes followed by N patterned bytes.
"""
import asyncio
import base64
import datetime
import hashlib
import importlib
import os
import ssl
import sys
import tempfile

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

LIBRARY = sys.argv[1]
OPTIONS = sys.argv[3:]
peer = importlib.import_module(LIBRARY + ".asyncio")
QuicConnectionProtocol = peer.QuicConnectionProtocol
tls = importlib.import_module(LIBRARY + ".tls")
QuicConfiguration = importlib.import_module(LIBRARY + ".quic.configuration").QuicConfiguration
events = importlib.import_module(LIBRARY + ".quic.events")

BLOCK = bytes(((i * 31) ^ (i >> 8)) & 0xFF for i in range(65536))


def pattern(count):
    return (BLOCK * (count // 65536 + 1))[:count]


def credentials():
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "test.example")])
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("test.example")]), False)
        .sign(key, hashes.SHA256())
    )
    return key, certificate


def key_pem(key):
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


class Server(QuicConnectionProtocol):
    open = 0

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.streams = {}
        Server.open += 1

    def quic_event_received(self, event):
        if isinstance(event, events.ConnectionTerminated):
            Server.open -= 1
            if Server.open == 0 and "stay" not in OPTIONS:
                asyncio.get_running_loop().call_later(0.2, os._exit, 0)
        if not isinstance(event, events.StreamDataReceived):
            return
        data = self.streams.setdefault(event.stream_id, bytearray())
        data += event.data
        if event.end_stream:
            count = int.from_bytes(data[:8], "big")
            answer = hashlib.sha256(data[8:]).digest() + pattern(count)
            self._quic.send_stream_data(event.stream_id, answer, end_stream=True)
            self.transmit()


def choose(configuration):
    if "chacha" in OPTIONS:
        configuration.cipher_suites = [tls.CipherSuite.CHACHA20_POLY1305_SHA256]
    if "v1" in OPTIONS:
        configuration.supported_versions = [1]


class Tickets:
    def __init__(self):
        self.by_label = {}

    def add(self, ticket):
        self.by_label[ticket.ticket] = ticket

    def pop(self, label):
        return self.by_label.pop(label, None)


async def run_server():
    key, certificate = credentials()
    with tempfile.TemporaryDirectory() as folder:
        chain = certificate.public_bytes(serialization.Encoding.PEM)
        for name, content in (
            ("cert.pem", chain * (14 if "long-chain" in OPTIONS else 1)),
            ("key.pem", key_pem(key)),
        ):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        configuration = QuicConfiguration(is_client=False, alpn_protocols=["test"], max_datagram_frame_size=65535)
        choose(configuration)
        configuration.load_cert_chain(os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem"))
    tickets = Tickets()
    server = await peer.serve(
        "::1", 0, configuration=configuration, create_protocol=Server, retry="retry" in OPTIONS,
        session_ticket_fetcher=tickets.pop, session_ticket_handler=tickets.add,
    )
    print(server._transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.sleep(300)


async def exchange(connection, count, size):
    upload = pattern(size)
    request = size.to_bytes(8, "big") + upload
    expected = hashlib.sha256(upload).digest() + pattern(size)

    async def one():
        reader, writer = await connection.create_stream()
        writer.write(request)
        writer.write_eof()
        return await reader.read(-1) == expected

    return all(await asyncio.gather(*(one() for _ in range(count))))


async def move(connection):
    old = connection._transport
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: connection, local_addr=("::", 0))
    old.close()


async def run_client(port, size):
    count = next((int(o[8:]) for o in OPTIONS if o.startswith("streams=")), 1)
    tickets = []

    def options(ticket=None):
        configuration = QuicConfiguration(is_client=True, alpn_protocols=["test"], server_name="test.example")
        configuration.verify_mode = ssl.CERT_NONE
        configuration.max_data = 64 << 20
        configuration.max_stream_data = 64 << 20
        configuration.session_ticket = ticket
        choose(configuration)
        return {"configuration": configuration, "session_ticket_handler": tickets.append}

    good = True
    early = "early" in OPTIONS
    async with peer.connect("::1", port, **options()) as connection:
        good = await exchange(connection, count, size)
        if "key-update" in OPTIONS:
            connection.request_key_update()
            await connection.ping()
        for action in OPTIONS:
            if action in ("rebind", "migrate"):
                if action == "migrate":
                    connection.change_connection_id()
                await move(connection)
                good = good and await exchange(connection, count, size)
    if early or "resume" in OPTIONS:
        async with peer.connect("::1", port, wait_connected=not early, **options(tickets[-1])) as connection:
            if early:
                connection._transmit_task = None
                request = asyncio.ensure_future(exchange(connection, count, size))
                await asyncio.sleep(0)
                connection.transmit()
                good = good and await request
            else:
                good = good and await exchange(connection, count, size)
            good = good and connection._quic.tls.session_resumed
            if early:
                good = good and connection._quic.tls.early_data_accepted
    print("good" if good else "bad", flush=True)


if sys.argv[2] == "server":
    asyncio.run(run_server())
elif sys.argv[2] == "client":
    asyncio.run(run_client(int(sys.argv[3]), int(sys.argv[4])))
else:
    key, certificate = credentials()
    print(base64.b64encode(key_pem(key)).decode())
    print(base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode())
