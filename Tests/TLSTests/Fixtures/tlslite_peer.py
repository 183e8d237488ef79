"""A TLS 1.3 peer on [::1] that speaks X25519MLKEM768: reverses lines as a server, sends one as a client.

usage: tlslite_peer.py server PORT CERTIFICATE KEY [CONNECTIONS] | client PORT [CONNECTIONS]

Later connections of a client go on from the one before, by its ticket.
"""
import socket
import sys

from tlslite.api import HandshakeSettings, TLSConnection, X509, X509CertChain, parsePEMKey

mode, port = sys.argv[1], int(sys.argv[2])
settings = HandshakeSettings()
settings.minVersion = settings.maxVersion = (3, 4)
settings.eccCurves = ["x25519mlkem768"]
settings.keyShares = ["x25519mlkem768"]
settings.dhGroups = []

if mode == "server":
    listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("::1", port))
    listener.listen(1)
    print("ACCEPT", flush=True)
    chain = X509CertChain()
    chain.parsePemList(open(sys.argv[3]).read())
    key = parsePEMKey(open(sys.argv[4]).read(), private=True)
    settings.ticketKeys = [bytearray(range(32))]
    for _ in range(int(sys.argv[5]) if len(sys.argv) > 5 else 1):
        stream, _ = listener.accept()
        connection = TLSConnection(stream)
        connection.handshakeServer(certChain=chain, privateKey=key, settings=settings)
        line = connection.read(min=6, max=6)
        connection.write(bytes(reversed(line)))
        connection.close()
else:
    session = None
    for _ in range(int(sys.argv[3]) if len(sys.argv) > 3 else 1):
        stream = socket.create_connection(("::1", port))
        connection = TLSConnection(stream)
        connection.handshakeClientCert(session=session, settings=settings)
        connection.write(b"hello!")
        print("answer", connection.read(min=6, max=6).decode(), flush=True)
        session = connection.session
        connection.close()
