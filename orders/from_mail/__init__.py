"""Reading an order out of a mail, as pure functions: text in, the cells of one line of an order file out.

A labelled form (a portal's notice, a pasted order sheet) is read by its labels, free text by its words. What the mail
does not say stays empty. Amounts and dates are read only where the sender wrote them now, never in a quoted text.
"""

from orders.from_mail.drafts import OrderMail, ProductName, read_order

__all__ = ["OrderMail", "ProductName", "read_order"]
