"""The benchmarks: ratios measured in one run, on a server and with data of their own. Run by `make bench`."""
