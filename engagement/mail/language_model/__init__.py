"""An optional second reader of mail: a language model behind any endpoint of the OpenAI chat-completions kind.

Off unless the installation names an endpoint and the company asks for it. It is shown the newest text, the subject
and the sender's name, nothing else; it has no tools. What it answers is data like the mail itself: `second_reader`
says what of it may count.
"""

from .endpoint import LanguageModel, LanguageModelError
from .second_reader import SecondReader, SecondReading, second_reader_of

__all__ = ["LanguageModel", "LanguageModelError", "SecondReader", "SecondReading", "second_reader_of"]
