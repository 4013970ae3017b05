# SPDX-License-Identifier: Apache-2.0
"""A proxy between soundlake and an S3 server that does what networks and stores do on bad days.

    python3 fault_proxy.py --upstream http://127.0.0.1:7070 [--port 0]

The first line it prints is its address. Requests go on to the server as they are, Host header included, so signatures
stay good. Under /_proxy it is told what to do, by JSON:

    PUT    /_proxy/faults    a list of rules in place of those before
    DELETE /_proxy/requests  forgets the requests seen
    GET    /_proxy/requests  ["PUT /bucket/key", …] in the order in which they came

A rule is met by requests whose method is `method` (absent: any) and whose path and query match the regular expression
`match` (absent: any), the `skip` first ones apart, `times` times (absent: for ever); the first rule that is met counts.
`fault` is one of:

    reset            the connection is reset before the server hears of the request
    reset_after      the server does it; the connection is reset instead of an answer
    status           not passed on; answered with `status`, an <Error> of `code`, and `headers`
    status_after     the same, after the server did it
    error_in_200     not passed on; 200 with an <Error> of `code`
    truncate         half of the answer's body, then the end of the connection
    shorten          half of the answer's body, with a length that fits
    corrupt          one byte of the answer's body is another
    wrong_etag       the answer's ETag is another
    drip             the answer's body comes byte by byte, one in `every` seconds
    stall            no answer, the connection stays open
    unconditional    the server is asked without If-Match and If-None-Match (signed anew with AWS_ACCESS_KEY_ID and
                     AWS_SECRET_ACCESS_KEY), as a store that ignores them
    delay            passed on after `seconds`
"""

import argparse
import contextlib
import http.client
import http.server
import json
import os
import re
import socket
import struct
import threading
import urllib.parse

CONDITIONS = ("if-match", "if-none-match")


class Rules:
    """Which fault meets a request; shared by all connections."""

    def __init__(self):
        self.lock = threading.Lock()
        self.rules = []
        self.requests = []

    def replace(self, rules):
        with self.lock:
            self.rules = [dict(rule) for rule in rules]

    def meet(self, method, path):
        with self.lock:
            self.requests.append(f"{method} {path}")
            for rule in self.rules:
                if rule.get("method", method) != method or not re.search(rule.get("match", ""), path):
                    continue
                if rule.get("skip", 0) > 0:
                    rule["skip"] -= 1
                    continue
                if rule.get("times", 1) <= 0:
                    continue
                if "times" in rule:
                    rule["times"] -= 1
                return dict(rule)
        return {}


def error_body(code):
    return f'<?xml version="1.0" encoding="UTF-8"?><Error><Code>{code}</Code><Message>as told</Message></Error>'.encode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    rules = Rules()
    upstream = ""
    stopping = threading.Event()

    def log_message(self, *arguments):
        pass

    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/_proxy/"):
            return self.control(body)
        rule = self.rules.meet(self.command, self.path)
        fault = rule.get("fault", "")
        if fault == "reset":
            return self.reset()
        if fault == "status":
            return self.answer_as_told(rule)
        if fault == "error_in_200":
            return self.answer(200, [], error_body(rule.get("code", "InternalError")))
        if fault == "stall":
            self.stopping.wait(300)
            return self.reset()
        if fault == "delay":
            self.stopping.wait(rule["seconds"])
        status, headers, answer = self.ask(body, fault == "unconditional")
        if fault == "reset_after":
            return self.reset()
        if fault == "status_after":
            return self.answer_as_told(rule)
        if fault == "wrong_etag":
            headers = [(n, '"00000000000000000000000000000000"' if n.lower() == "etag" else v) for n, v in headers]
        if fault == "corrupt" and answer:
            middle = len(answer) // 2
            answer = answer[:middle] + bytes([answer[middle] ^ 1]) + answer[middle + 1 :]
        if fault == "shorten":
            answer = answer[: len(answer) // 2]
        if fault == "truncate":
            return self.answer(status, headers, answer, sent=len(answer) // 2)
        return self.answer(status, headers, answer, every=rule.get("every", 1.0) if fault == "drip" else None)

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = handle_any

    def control(self, body):
        if self.path == "/_proxy/faults" and self.command == "PUT":
            self.rules.replace(json.loads(body))
            return self.answer(204, [], b"")
        if self.path == "/_proxy/requests" and self.command == "DELETE":
            self.rules.requests = []
            return self.answer(204, [], b"")
        if self.path == "/_proxy/requests" and self.command == "GET":
            return self.answer(200, [("Content-Type", "application/json")], json.dumps(self.rules.requests).encode())
        return self.answer(404, [], b"")

    def ask(self, body, unconditional):
        headers = dict(self.headers.items())
        if unconditional:
            headers = self.signed_without_conditions(headers, body)
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.upstream).netloc)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                if name.lower() != "connection":
                    connection.putheader(name, value)
            connection.endheaders(body or None)
            response = connection.getresponse()
            return response.status, response.getheaders(), response.read()
        finally:
            connection.close()

    def signed_without_conditions(self, headers, body):
        from botocore.auth import S3SigV4Auth
        from botocore.awsrequest import AWSRequest
        from botocore.credentials import Credentials

        kept = {n: v for n, v in headers.items() if n.lower() not in CONDITIONS + ("authorization", "x-amz-date")}
        request = AWSRequest(self.command, f"http://{headers['Host']}{self.path}", headers=kept, data=body)
        own = Credentials(os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"])
        S3SigV4Auth(own, "s3", "us-east-1").add_auth(request)
        return dict(request.headers.items())

    def answer_as_told(self, rule):
        headers = list(rule.get("headers", {}).items())
        code = rule.get("code", "")
        self.answer(rule["status"], headers, error_body(code) if code and self.command != "HEAD" else b"")

    def answer(self, status, headers, body, sent=None, every=None):
        self.send_response_only(status)
        length = len(body)
        for name, value in headers:
            # What a HEAD says is the object's length, not that of the body it does not have.
            if name.lower() == "content-length" and self.command == "HEAD":
                length = value
            elif name.lower() not in ("content-length", "connection", "transfer-encoding"):
                self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(length))
        self.end_headers()
        if self.command == "HEAD":
            body = b""
        if every is not None:
            for byte in body:
                if self.stopping.wait(every):
                    break
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
            return
        self.wfile.write(body if sent is None else body[:sent])
        if sent is not None:
            self.close_connection = True

    def reset(self):
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request, client_address):
        pass  # a client that went away

    def shutdown_request(self, request):
        # Without the shutdown before it, close() of a lingering socket is a reset.
        self.close_request(request)


@contextlib.contextmanager
def running(upstream, port=0):
    """The proxy's address, while it runs on a thread of this process."""
    handler = type("OwnHandler", (Handler,), {"rules": Rules(), "upstream": upstream, "stopping": threading.Event()})
    server = Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        handler.stopping.set()
        server.shutdown()
        server.server_close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--upstream", required=True)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    with running(arguments.upstream, arguments.port) as address:
        print(address, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
