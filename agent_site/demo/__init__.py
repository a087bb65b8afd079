"""The demo desk: two invented companies with their books and mail, all dates relative to the day of loading.

What the desk consists of stands in `desk.json`; the other modules make rows of it. They are pure: the same
moment gives the same rows. Only `loader` writes. The product works without this package, and nothing imports it
but the command `load_demo`.
"""
