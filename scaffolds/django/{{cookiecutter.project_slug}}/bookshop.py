"""A pretend bookshop: `python bookshop.py 9001 9002 9003` opens three on this machine.

Each answers `/price?isbn=…` after a third of a second. The first one is always closed.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

DELAY = 0.3  # seconds


class Bookshop(BaseHTTPRequestHandler):
    """One shop; its prices depend on its port."""

    def do_GET(self) -> None:
        """Answer with a price, or with an error where the shop is closed."""
        time.sleep(DELAY)
        isbn = parse_qs(urlsplit(self.path).query).get("isbn", ["0"])[0]
        port = self.server.server_port
        price = round(5 + int(isbn) * port % 2000 / 100, 2)
        closed = port == int(sys.argv[1])
        self.send_response(503 if closed else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({} if closed else {"price": price}).encode())


def main() -> None:
    """Open a shop on each port named on the command line, until Ctrl+C."""
    ports = sys.argv[1:]
    if not ports or not all(port.isdecimal() for port in ports):
        sys.exit("Name the ports: python bookshop.py 9001 9002 9003")
    for port in ports:
        shop = ThreadingHTTPServer(("127.0.0.1", int(port)), Bookshop)
        Thread(target=shop.serve_forever, daemon=True).start()
        print(f"A bookshop is open at http://127.0.0.1:{port}")
    try:
        while True:
            time.sleep(1)
    except KeyboardInterrupt:
        print("Closed.")


if __name__ == "__main__":
    main()
