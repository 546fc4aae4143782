"""aiosmtpd with STARTTLS and a password demanded. Prints 'ready', then each message as a line of JSON."""

import json
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

port, certificate, key = int(sys.argv[1]), sys.argv[2], sys.argv[3]


def authenticate(server, session, envelope, mechanism, data):
    fine = isinstance(data, LoginPassword) and data.login == b"ann" and data.password == b"stand-in password"
    return AuthResult(success=fine, handled=False)


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("full@"):
            return "452 4.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        text = envelope.content.decode()
        print(json.dumps({"to": envelope.rcpt_tos, "tls": session.ssl is not None, "text": text}), flush=True)
        return "250 2.0.0 accepted"


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
Controller(
    Handler(),
    hostname="127.0.0.1",
    port=port,
    tls_context=context,
    require_starttls=True,
    auth_required=True,
    authenticator=authenticate,
    data_size_limit=2_000_000,
).start()
print("ready", flush=True)
threading.Event().wait()
