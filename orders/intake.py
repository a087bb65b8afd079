"""Reading orders from a CSV file: header, cells, and what is wrong with a line, in words for whoever made the file.

Pure but for the stream it reads. An empty cell is a fact nobody has told us. Storing what was read lives in
`orders.services.intake`.
"""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from orders.facts import MONEY_FIELDS
from orders.models import LoanPurpose, LoanType, Occupancy, Order, PaymentType, PropertyType
from orders.pricing import round_cents
from orders.states import FINISHED_STAGES, Stage

REQUIRED_COLUMNS = ("order_number", "client")
# Column of the file -> column of the order, for cells that are kept as they are.
_TEXT_COLUMNS = (
    "order_number", "addressed_to", "client_file_number", "loan_number", "portal_order_id", "fha_case_number",
    "legacy_form", "street", "unit", "city", "zip", "county", "parcel_number", "borrower_name", "borrower_phone",
    "co_borrower_name", "property_contact_name", "property_contact_phone", "access_instructions", "quote_number",
    "intended_use", "intended_users", "notes", "vendor_instructions",
)  # fmt: skip
_EMAIL_COLUMNS = ("borrower_email", "loan_officer_email")
_MONEY_COLUMNS = tuple(MONEY_FIELDS)
_CHOICE_COLUMNS = {
    "property_type": PropertyType,
    "occupancy": Occupancy,
    "loan_type": LoanType,
    "loan_purpose": LoanPurpose,
    "payment_type": PaymentType,
}
# What files also call some of them. Nobody lives in a new home yet.
_ALSO_CALLED = {
    "owner_occupied": "owner", "tenant_occupied": "tenant", "new_construction": "vacant", "co_op": "coop",
    "condominium": "condo", "cash_out_refinance": "cash_out",
}  # fmt: skip
_BOOLEAN_COLUMNS = {
    "utilities_on": "utilities_on",
    "is_waterfront": "is_waterfront",
    "payment_authorised": "payment_authorised",
    "has_contract": "has_contract",
}
_COUNT_COLUMNS = {"units_excluding_adu": 32_767, "gross_living_area": 2_147_483_647}
_DATE_COLUMNS = ("due_date", "effective_date")
_MOMENT_COLUMNS = {"ordered_at": "ordered_at", "portal_deadline": "portal_deadline_at"}
_OWN_COLUMNS = ("client", "bill_to", "product", "vendor", "add_ons", "state", "stage", "has_adu", "acres")
COLUMNS: tuple[str, ...] = (
    *_TEXT_COLUMNS, *_EMAIL_COLUMNS, *_MONEY_COLUMNS, *_CHOICE_COLUMNS, *_BOOLEAN_COLUMNS, *_COUNT_COLUMNS,
    *_DATE_COLUMNS, *_MOMENT_COLUMNS, *_OWN_COLUMNS,
)  # fmt: skip

# What kind of value each column takes, for whoever sends one order and no file.
KIND_OF_COLUMN: dict[str, str] = (
    dict.fromkeys(COLUMNS, "text")
    | dict.fromkeys(_MONEY_COLUMNS, "money")
    | dict.fromkeys((*_BOOLEAN_COLUMNS, "has_adu"), "flag")
    | dict.fromkeys(_COUNT_COLUMNS, "count")
    | dict.fromkeys(_DATE_COLUMNS, "date")
    | dict.fromkeys(_MOMENT_COLUMNS, "moment")
    | {"acres": "money", "add_ons": "codes"}
)
KNOWN_VALUES: dict[str, tuple[str, ...]] = {
    column: tuple(choices.values) for column, choices in (_CHOICE_COLUMNS | {"stage": Stage}).items()
}

_PLAIN_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
# Amounts that are amounts, though not of ours: rule PRC-103 speaks of them, not the reader.
_FOREIGN_AMOUNT = re.compile(
    r"(?i)nan|[+-]?inf(?:inity)?|(?:[a-z]{3}|[€£¥]) ?-?[0-9.,]+|-?[0-9.,]+ ?(?:[a-z]{3}|[€£¥])"
)
MAX_AMOUNT = Decimal("9999999999.99")
MAX_ACRES = Decimal("9999999.999")
YEARS = range(1900, 2101)


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; the message says what is wrong with it and what to do."""


class BadCell(ValueError):
    """One cell cannot be read; the message says why and what belongs there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineError:
    """What is wrong with one line; the header is line 1."""

    line: int
    column: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"line": self.line, "column": self.column, "message": self.message}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLine:
    """One line of the file: its cells by column, or what is wrong with its shape."""

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameBook:
    """What the desk's names and codes stand for, as a file may spell them (any case)."""

    clients: Mapping[str, int | None]
    """None where two clients have the same name."""
    vendors: Mapping[str, int | None]
    products: Mapping[str, tuple[str, int]]
    """The code as the desk writes it, and its id."""
    add_ons: Mapping[str, tuple[str, Decimal | None]]
    """The code as the desk writes it, and its fixed price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedOrder:
    """One line as an order: values of its columns, and the codes of its add-ons."""

    line: int
    values: Mapping[str, Any]
    product_code: str
    add_on_codes: tuple[str, ...]


def read_lines(stream: Iterable[bytes]) -> Iterator[FileLine]:
    """The lines of a CSV file in UTF-8 with a header. Raises `UnreadableFile`, also in the middle of it."""
    reader = csv.reader(_decoded(stream), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header)
        line = reader.line_num
        for cells in reader:
            first, line = line + 1, reader.line_num
            if any(cell.strip() for cell in cells):
                yield _file_line(first, header, cells)
    except csv.Error as error:
        raise UnreadableFile(f"Line {reader.line_num} is not CSV: {error}. Nothing was imported.") from error


def _decoded(stream: Iterable[bytes]) -> Iterator[str]:
    for number, line in enumerate(stream, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            raise UnreadableFile(f"Line {number} is not UTF-8. Save the file as CSV in UTF-8.") from None


def _check_header(header: list[str]) -> None:
    if not any(header):
        raise UnreadableFile(
            "The file has no header. Its first line must name the columns, such as order_number."
        )
    unknown = [name for name in header if name not in COLUMNS]
    if unknown:
        names = ", ".join(repr(name) for name in unknown[:5])
        raise UnreadableFile(f"Unknown column {names}. Known columns: {', '.join(sorted(COLUMNS))}.")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise UnreadableFile(f"Column {', '.join(twice)} stands there twice. Keep one.")
    missing = [name for name in REQUIRED_COLUMNS if name not in header]
    if missing:
        raise UnreadableFile(f"Column {' and '.join(missing)} is missing. Every order needs it.")


def _file_line(line: int, header: list[str], cells: list[str]) -> FileLine:
    if len(cells) != len(header):
        return FileLine(line=line, error=f"has {len(cells)} cells, and the header has {len(header)}")
    return FileLine(line=line, cells=dict(zip(header, cells, strict=True)))


def parse_line(
    found: FileLine, *, names: NameBook, now: datetime, zone: ZoneInfo, is_stored: bool = True
) -> tuple[ParsedOrder | None, list[LineError]]:
    """One line as an order, or everything that is wrong with it.

    An order that is only looked at (`is_stored` is False) needs no number, and may stand in any stage.
    """
    if found.error:
        return None, [LineError(line=found.line, column="", message=f"The line {found.error}.")]
    reading = _Reading(found, names, zone, is_stored=is_stored)
    values = reading.values(now)
    if reading.errors:
        return None, reading.errors
    return (
        ParsedOrder(
            line=found.line,
            values=values,
            product_code=reading.product_code,
            add_on_codes=reading.add_on_codes,
        ),
        [],
    )


class _Reading:
    """One line while it is read: collects what is wrong instead of stopping at the first."""

    def __init__(self, found: FileLine, names: NameBook, zone: ZoneInfo, *, is_stored: bool) -> None:
        self.found, self.names, self.zone, self.is_stored = found, names, zone, is_stored
        self.errors: list[LineError] = []
        self.product_code = ""
        self.add_on_codes: tuple[str, ...] = ()

    def values(self, now: datetime) -> dict[str, Any]:
        """The columns of the order that the line gives."""
        values: dict[str, Any] = {column: self._text(column) for column in _TEXT_COLUMNS}
        values |= {column: self._text(column).lower() for column in _EMAIL_COLUMNS}
        values |= {c: self._read(c, _choice(choices), "") for c, choices in _CHOICE_COLUMNS.items()}
        values |= {target: self._read(c, read_boolean) for c, target in _BOOLEAN_COLUMNS.items()}
        values |= {c: self._read(c, _count(most)) for c, most in _COUNT_COLUMNS.items()}
        values |= {c: self._read(c, read_date) for c in _DATE_COLUMNS}
        values |= {
            t: self._read(c, lambda text: read_moment(text, self.zone)) for c, t in _MOMENT_COLUMNS.items()
        }
        values |= self._money()
        values |= self._parties()
        values["ordered_at"] = values["ordered_at"] or now
        values["state"] = self._text("state").upper()
        read_stage = _stage_to_store if self.is_stored else _choice(Stage)
        values["stage"] = self._read("stage", read_stage, Stage.RECEIVED.value)
        has_adu = self._read("has_adu", read_boolean)
        values["adu_count"] = None if has_adu is None else int(has_adu)
        values["acres"] = self._read("acres", _acres)
        self.add_on_codes = self._read("add_ons", self._codes, ())
        if self.is_stored and not values["order_number"]:
            self._error("order_number", "is empty. Every order needs its number.")
        return values

    def _text(self, column: str) -> str:
        text = self.found.cells.get(column, "").strip()
        if "\x00" in text:
            self._error(column, "holds a NUL character. Take it out.")
            return ""
        limit = _longest(column)
        if limit is not None and len(text) > limit:
            self._error(column, f"has {len(text)} characters, and may have {limit}.")
        return text

    def _read(self, column: str, read: Callable[[str], Any], empty: Any = None) -> Any:
        text = self.found.cells.get(column, "").strip()
        if not text:
            return empty
        try:
            return read(text)
        except BadCell as error:
            self._error(column, str(error))
            return empty

    def _money(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        unbillable: dict[str, str] = {}
        for column in _MONEY_COLUMNS:
            values[column], stated = self._read(column, read_money, (None, ""))
            if stated:
                unbillable[column] = stated
        return values | {"unbillable_amounts": unbillable}

    def _parties(self) -> dict[str, Any]:
        client = self._read("client", _named(self.names.clients, "client"))
        if not self.found.cells.get("client", "").strip():
            self._error("client", "is empty. Name the client that orders.")
        product = self.found.cells.get("product", "").strip()
        self.product_code, product_id = self.names.products.get(product.casefold(), (product.upper(), None))
        return {
            "ordered_by_id": client,
            "bill_to_id": self._read("bill_to", _named(self.names.clients, "client"), client),
            "vendor_id": self._read("vendor", _named(self.names.vendors, "vendor")),
            "product_id": product_id,
            "product_text": "" if product_id else product[:60],
        }

    def _codes(self, text: str) -> tuple[str, ...]:
        codes = [code.strip() for code in text.split(";") if code.strip()]
        unknown = [code for code in codes if code.casefold() not in self.names.add_ons]
        if unknown:
            raise BadCell(f"names no add-on of ours: {', '.join(unknown)}.")
        return tuple(dict.fromkeys(self.names.add_ons[code.casefold()][0] for code in codes))

    def _error(self, column: str, message: str) -> None:
        self.errors.append(LineError(line=self.found.line, column=column, message=f"{column} {message}"))


@functools.cache
def _longest(column: str) -> int | None:
    """How many characters a column of the order takes; None where there is no limit."""
    return Order._meta.get_field(column).max_length


def read_boolean(text: str) -> bool:
    """`yes` or `no`."""
    answers = {"yes": True, "no": False}
    if text.lower() not in answers:
        raise BadCell(f"is {text!r}; write yes or no.")
    return answers[text.lower()]


def read_date(text: str) -> date:
    """A calendar day, YYYY-MM-DD."""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise BadCell(f"is {text!r}; write a day as YYYY-MM-DD.")
    return day


def read_moment(text: str, zone: ZoneInfo) -> datetime:
    """A moment, ISO 8601; in the desk's zone when it names none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadCell(f"is {text!r}; write a time as 2026-11-23T09:30:00-07:00.") from None
    if moment.year not in YEARS:
        raise BadCell(f"is {text!r}; the year cannot be right.")
    # In UTC: ISO 8601 knows offsets that PostgreSQL does not.
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def read_money(text: str) -> tuple[Decimal | None, str]:
    """Dollars and cents, and the text as stated where that cannot be billed (rule PRC-103).

    625 and 625.000 are 625.00. 625.004 is 625.00 and cannot be billed as stated; NaN and EUR 625 are no amount.
    """
    if not _PLAIN_NUMBER.fullmatch(text):
        if _FOREIGN_AMOUNT.fullmatch(text) and len(text) <= 40:
            return None, text
        raise BadCell(f"is {text!r}; write a plain number such as 625.00.")
    if len(text) > 40:
        raise BadCell("is longer than any amount.")
    try:
        amount = Decimal(text)
        rounded = round_cents(amount)
    except InvalidOperation:
        raise BadCell(f"is {text!r}, which is too large.") from None
    if abs(rounded) > MAX_AMOUNT:
        raise BadCell(f"is {text!r}, which is too large.")
    return rounded, "" if rounded == amount else str(amount)


@functools.cache
def _choice(choices: Any) -> Callable[[str], str]:
    known = tuple(choices.values)

    def read(text: str) -> str:
        value = text.lower().replace(" ", "_").replace("-", "_")
        value = _ALSO_CALLED.get(value, value)
        if value not in known:
            raise BadCell(f"is {text!r}; known are {', '.join(known)}.")
        return value

    return read


def _stage_to_store(text: str) -> str:
    value = _choice(Stage)(text)
    if value in FINISHED_STAGES or value == Stage.ON_HOLD:
        raise BadCell(f"is {text!r}; import orders that are still worked on.")
    return Stage.RECEIVED.value if value == Stage.EXCEPTION else value


def _count(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > most:
            raise BadCell(f"is {text!r}; write a whole number.")
        return int(text)

    return read


def _acres(text: str) -> Decimal:
    if not _PLAIN_NUMBER.fullmatch(text) or len(text) > 20 or not 0 <= Decimal(text) <= MAX_ACRES:
        raise BadCell(f"is {text!r}; write acres as a plain number such as 5.25.")
    return Decimal(text).quantize(Decimal("0.001"))


def _named(book: Mapping[str, int | None], what: str) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.casefold() not in book:
            raise BadCell(f"is {text!r}, and the desk has no {what} of that name.")
        found = book[text.casefold()]
        if found is None:
            raise BadCell(f"is {text!r}, and the desk has two of that name. Use the client's reference.")
        return found

    return read
