"""Connections, as clients meet them."""

import http.client
import socket
import threading
import unittest
from collections.abc import Iterable
from typing import Any
from unittest import mock

from werkzeug.serving import WSGIRequestHandler, make_server

from support import STOCK, server

HANDLER = WSGIRequestHandler if STOCK else server.Handler
SECONDS = 10


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answers with the path, in the way that the path names."""
    path = environ["PATH_INFO"]
    if path == "/fails":
        raise ValueError("a fault")
    if path == "/reads":
        environ["wsgi.input"].read(2)
    headers = [] if path == "/pieces" else [("Content-Length", str(len(path)))]
    start_response("200 OK", headers)
    return [path[:2].encode(), path[2:].encode()]


class ConnectionsTest(unittest.TestCase):
    def setUp(self) -> None:
        log = mock.patch.object(HANDLER, "log")
        log.start()
        self.addCleanup(log.stop)
        listener = make_server(
            "127.0.0.1", 0, app, threaded=True, request_handler=HANDLER
        )
        self.log = mock.patch.object(listener, "log").start()
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        self.addCleanup(listener.server_close)
        self.addCleanup(listener.shutdown)
        self.connection = http.client.HTTPConnection(
            "127.0.0.1", listener.port, timeout=SECONDS
        )
        self.addCleanup(self.connection.close)

    def ask(self, method: str, path: str, body: Any = None) -> str:
        chunked = isinstance(body, list)
        self.connection.request(
            method, path, iter(body) if chunked else body, encode_chunked=chunked
        )
        response = self.connection.getresponse()
        return f"{response.status} {response.read().decode()}"

    def test_a_connection_serves_many_requests_whatever_was_read_of_them(self) -> None:
        body = b"POST /other HTTP/1.1\r\n\r\n" * 10_000
        self.assertEqual(self.ask("GET", "/one"), "200 /one")
        first = self.connection.sock
        self.assertIsNotNone(first)
        self.assertEqual(self.ask("POST", "/nothing", body), "200 /nothing")
        self.assertEqual(self.ask("POST", "/reads", body), "200 /reads")
        self.assertEqual(self.ask("POST", "/reads", [body, b"more"]), "200 /reads")
        self.assertEqual(self.ask("POST", "/pieces", body), "200 /pieces")
        self.assertEqual(self.ask("HEAD", "/one"), "200 ")
        self.assertEqual(self.ask("GET", "/one"), "200 /one")
        self.assertIs(self.connection.sock, first)

    def test_a_client_that_waits_before_it_sends_is_told_to_go_on(self) -> None:
        with socket.create_connection(
            ("127.0.0.1", self.connection.port), timeout=SECONDS
        ) as client:
            head = b"PUT /reads HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n"
            client.sendall(head)
            self.assertEqual(client.recv(65536), b"HTTP/1.1 100 Continue\r\n\r\n")
            client.sendall(b"body")
            answer = client.recv(65536)
        self.assertTrue(answer.endswith(b"\r\n\r\n/reads"), answer)

    def test_an_application_that_fails_is_logged_and_ends_the_connection(self) -> None:
        self.assertEqual(self.ask("GET", "/one"), "200 /one")
        self.assertIsNotNone(self.connection.sock)
        self.assertTrue(self.ask("GET", "/fails").startswith("500 "))
        self.assertIsNone(self.connection.sock)
        self.assertRegex(str(self.log.call_args), "Traceback.*ValueError: a fault")


class HandlerTest(unittest.TestCase):
    def test_header_and_body_are_sent_together(self) -> None:
        # Each read returns what one write has sent.
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with ours, theirs, make_server("127.0.0.1", 0, app, threaded=True) as listener:
            ours.send(b"POST /body HTTP/1.1\r\nContent-Length: 0\r\n\r\n")
            ours.shutdown(socket.SHUT_WR)
            with (
                mock.patch.object(HANDLER, "log"),
                mock.patch.object(HANDLER, "disable_nagle_algorithm", False),
            ):
                HANDLER(theirs, ("127.0.0.1", 1), listener)
            answer = ours.recv(65536)
        self.assertTrue(answer.startswith(b"HTTP/1."))
        self.assertTrue(answer.endswith(b"\r\n\r\n/body"), answer)
