"""Small programs that behave like apps, good and bad, each for `python -c`."""

ANSWERS = """
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Hello(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hello")

print("listening", flush=True)
ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Hello).serve_forever()
"""

# Like a reloader: the child does the work, and the parent waits for it.
IN_A_CHILD = f"""
import subprocess, sys
subprocess.Popen([sys.executable, "-c", {ANSWERS!r}, sys.argv[1]]).wait()
"""

LEAVES_A_CHILD = f"""
import os, subprocess, sys, time
subprocess.Popen([sys.executable, "-c", {ANSWERS!r}, sys.argv[1]])
while not os.path.exists(sys.argv[2]):
    time.sleep(0.02)
"""

IGNORES_TERM = f"""
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
exec({ANSWERS!r})
"""

ENDS = """
import sys
sys.exit("No module named shelf")
"""

NEVER_ANSWERS = """
import time
print("thinking", flush=True)
time.sleep(60)
"""
