"""Peer for the interoperability tests.

Protocol on a bidirectional stream: eight bytes N (big-endian), then any number of bytes, then the end. The answer is the
SHA-256 of those bytes followed by N patterned bytes.
"""
import asyncio
import base64
import datetime
import hashlib
import os
import ssl
import sys
import tempfile

from aioquic.asyncio import QuicConnectionProtocol, connect, serve
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import ConnectionTerminated, StreamDataReceived
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

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
    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.streams = {}

    def quic_event_received(self, event):
        if isinstance(event, ConnectionTerminated):
            asyncio.get_running_loop().call_later(0.2, os._exit, 0)
        if not isinstance(event, StreamDataReceived):
            return
        data = self.streams.setdefault(event.stream_id, bytearray())
        data += event.data
        if event.end_stream:
            count = int.from_bytes(data[:8], "big")
            answer = hashlib.sha256(data[8:]).digest() + pattern(count)
            self._quic.send_stream_data(event.stream_id, answer, end_stream=True)
            self.transmit()


async def run_server(retry):
    key, certificate = credentials()
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (
            ("cert.pem", certificate.public_bytes(serialization.Encoding.PEM)),
            ("key.pem", key_pem(key)),
        ):
            with open(os.path.join(folder, name), "wb") as file:
                file.write(content)
        configuration = QuicConfiguration(is_client=False, alpn_protocols=["test"], max_datagram_frame_size=65535)
        configuration.load_cert_chain(os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem"))
    server = await serve("::1", 0, configuration=configuration, create_protocol=Server, retry=retry)
    print(server._transport.get_extra_info("sockname")[1], flush=True)
    await asyncio.sleep(300)


async def run_client(port, size):
    configuration = QuicConfiguration(is_client=True, alpn_protocols=["test"], server_name="test.example")
    configuration.verify_mode = ssl.CERT_NONE
    configuration.max_data = 64 << 20
    configuration.max_stream_data = 64 << 20
    async with connect("::1", port, configuration=configuration) as connection:
        reader, writer = await connection.create_stream()
        upload = pattern(size)
        writer.write(size.to_bytes(8, "big") + upload)
        writer.write_eof()
        answer = await reader.read(-1)
        good = answer == hashlib.sha256(upload).digest() + pattern(size)
        connection.request_key_update()
        await connection.ping()
        print("good" if good else "bad", flush=True)


if sys.argv[1] == "server":
    asyncio.run(run_server(len(sys.argv) > 2 and sys.argv[2] == "retry"))
elif sys.argv[1] == "client":
    asyncio.run(run_client(int(sys.argv[2]), int(sys.argv[3])))
else:
    key, certificate = credentials()
    print(base64.b64encode(key_pem(key)).decode())
    print(base64.b64encode(certificate.public_bytes(serialization.Encoding.DER)).decode())
