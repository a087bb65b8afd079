"""Reading an order's free text for what the law forbids: pressure on a value, and a say in who appraises.

Pure: words in, the offending sentence out; nothing in the text is obeyed. What follows from a find is said by the rules
IND-401 and IND-403. Source: AIR (domain, 1.5).
"""

from orders.free_text.appraiser_choice import find_choice, find_forbidden_choice
from orders.free_text.value_pressure import find_value_pressure

__all__ = ["find_choice", "find_forbidden_choice", "find_value_pressure"]
