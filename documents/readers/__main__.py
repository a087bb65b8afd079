"""`python -m documents.readers DESCRIPTOR [LANGUAGES]`: a host on the socket that it was started with."""

import os
import socket
import sys

from documents.readers.host import serve

if __name__ == "__main__":
    os.chdir("/")
    serve(socket.socket(fileno=int(sys.argv[1])), *sys.argv[2:])
