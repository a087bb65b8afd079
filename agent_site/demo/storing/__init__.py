"""Writing one company's book into the database, inside the caller's scope and in a fixed number of statements."""

from agent_site.demo.book import DemoBook
from agent_site.demo.storing.parties import store_clients, store_contacts, store_vendors
from agent_site.demo.storing.sales import store_deals, store_goals, store_quotes
from agent_site.demo.storing.trade import store_catalogue, store_invoices, store_orders

__all__ = ["store_book"]


def store_book(book: DemoBook) -> None:
    """Write everything but the mail."""
    clients = store_clients(book)
    products = store_catalogue(book, clients)
    contacts = store_contacts(book, clients)
    vendors = store_vendors(book, clients)
    store_quotes(book, clients, contacts)
    orders = store_orders(book, clients, products, vendors)
    store_invoices(book, clients, orders)
    store_deals(book, clients, contacts)
    store_goals(book)
