"""Reading what callers send."""

from __future__ import annotations

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class StrictJSONParser(JSONParser):
    """JSON that can be kept: without text that is no Unicode, numbers beyond all bounds, or endless nesting."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        try:
            data = super().parse(stream, media_type=media_type, parser_context=parser_context)
            json.dumps(data, ensure_ascii=False, allow_nan=False).encode()
        except (RecursionError, ValueError) as error:
            raise ParseError(
                "The JSON cannot be kept: it nests too deep, or holds what is no text or number."
            ) from error
        return data
