"""The 120 orders of the desk. Each scenario of the specification stands in `clean` or `scenarios` as a plan."""

from agent_site.demo.orders.book import DemoOrder, demo_orders, expected_codes

__all__ = ["DemoOrder", "demo_orders", "expected_codes"]
