"""What runs inside the child process that reads one file: bytes in, frames of text out.

    python -m documents.readers 3        # a host, ordered about through the socket that is its descriptor 3

Nothing here imports Django or the rest of this program: a host starts in a tenth of a second and holds no setting, no
secret and no connection. What a reader says is not trusted; `documents.extraction` starts the hosts, bounds them and
checks their frames.
"""
