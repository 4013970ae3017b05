# SPDX-License-Identifier: Apache-2.0
"""`soundlake serve` as a child, asked over plain HTTP."""

import gzip
import http.client
import json
import urllib.parse


class Dashboard:
    def __init__(self, machine, *words):
        self.process = machine.start("serve", "--port", "0", *words)
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("http://127.0.0.1:"), self.process.communicate()
        parts = urllib.parse.urlsplit(self.address)
        self.root = f"{parts.scheme}://{parts.netloc}"
        self.port = parts.port
        self.entrance = f"/?{parts.query}"
        self.cookie = None

    def raw(self, target, method="GET", headers=None, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, target, body=body, headers=headers or {})
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        return answer, content

    def enter(self):
        answer, _ = self.raw(self.entrance)
        assert answer.status == 303
        self.cookie = answer.headers["Set-Cookie"].split(";")[0]

    def get(self, target, **headers):
        if not self.cookie:
            self.enter()
        return self.raw(target, headers={"Cookie": self.cookie, **headers})

    def json(self, target):
        answer, content = self.get(target)
        assert answer.status == 200, content
        return json.loads(content)

    def stop(self):
        self.process.terminate()
        try:
            return self.process.wait(60), *self.process.communicate()
        finally:
            self.process.stdout.close()
            self.process.stderr.close()
