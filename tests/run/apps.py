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

# Like a development server: it starts `code.py` anew when that changes, and outlives its crash.
RELOADS = f"""
import pathlib, subprocess, sys, time

code = pathlib.Path("code.py")
server = {ANSWERS!r}
before = None
while True:
    text = code.read_text()
    if text != before:
        if before is not None:
            print("code.py changed, reloading.", flush=True)
            child.kill()
            child.wait()
        before = text
        program = "import runpy; runpy.run_path('code.py')\\n" + server
        child = subprocess.Popen([sys.executable, "-c", program, sys.argv[1]])
    time.sleep(0.05)
"""

# Like one that misses what is saved: its app is broken, and it waits for ever.
MISSES = f"""
import runpy, time, traceback
try:
    runpy.run_path("code.py")
except Exception:
    traceback.print_exc()
    time.sleep(600)
exec({ANSWERS!r})
"""

# Every request fails with an exception, which goes to the log.
FAILS = """
import sys, traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

def find_book():
    return {}["Emma"]

class Broken(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/books":
            try:
                find_book()
            except KeyError:
                traceback.print_exc()
        self.send_response(200)
        self.end_headers()

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Broken).serve_forever()
"""

# It takes the port only when it is told to, so that somebody else can be first.
WAITS_FOR_GO = f"""
import pathlib, time
print("waiting", flush=True)
while not pathlib.Path("go").exists():
    time.sleep(0.02)
exec({ANSWERS!r})
"""

# A daemon leaves the group of processes, and so does what a shell starts in the background.
LEAVES_A_DAEMON = f"""
import subprocess, sys
sleeper = [sys.executable, "-c", "import time; time.sleep(600)"]
subprocess.Popen(sleeper, start_new_session=True)
exec({ANSWERS!r})
"""

CHATTERS = f"""
import sys, threading
def chatter():
    while True:
        sys.stdout.buffer.write((b"x" * 99 + b"\\n") * 10_000)
threading.Thread(target=chatter, daemon=True).start()
exec({ANSWERS!r})
"""

ANSWERS_AND_DIES = """
import os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Last(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        if self.path == "/die":
            print("farewell", flush=True)
            os._exit(3)

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Last).serve_forever()
"""

CLOSES_ITS_OUTPUT = f"""
import os
source = {ANSWERS!r}.replace('print("listening", flush=True)', "Hello.log_message = print")
print = lambda *words, **more: None
os.close(1)
os.close(2)
exec(source)
"""
