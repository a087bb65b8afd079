"""The search page: what was found, why, and what narrows it. A link leads from each passage to its place in the text.

The search opens its own transactions, so the view runs outside the request's scope.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from agent.middleware import opens_own_scope
from documents.admin.access import is_cleared, require
from documents.admin.links import text_address
from documents.models import Document
from documents.search import Answer, Filters, Hit, Passage, SearchRefused, SearchRequest, search_documents
from documents.states import Category, SourceType

PER_PAGE = 10
LAST_PAGE = 10


class SearchForm(forms.Form):
    """What is looked for, and in which documents. Everything stands in the address, so that a search can be kept."""

    q = forms.CharField(label="Look for", required=False, widget=forms.SearchInput)
    category = forms.MultipleChoiceField(choices=Category, required=False)
    source = forms.MultipleChoiceField(choices=SourceType, required=False)
    ignored = forms.CharField(required=False)
    former = forms.BooleanField(label="Former versions too", required=False)
    expired = forms.BooleanField(label="Expired documents too", required=False)
    page = forms.IntegerField(min_value=1, max_value=LAST_PAGE, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("q", "former", "expired"):
            self.fields[name].widget.attrs["class"] = "agent-input"
        placeholder = "Words, “phrases in quotes”, an order's number, a year"
        self.fields["q"].widget.attrs["placeholder"] = placeholder

    def request(self, *, cleared: bool) -> SearchRequest:
        """The request to the search; raises `SearchRefused`. What the form could not read narrows nothing."""
        told = self.cleaned_data
        return SearchRequest(
            query=told["q"],
            filters=Filters(
                categories=told.get("category") or (),
                source_types=told.get("source") or (),
                with_superseded=bool(told.get("former")),
                with_expired=bool(told.get("expired")),
            ),
            ignored=frozenset(self.data.getlist("ignored")),
            is_cleared=cleared,
            limit=PER_PAGE,
            offset=PER_PAGE * ((told.get("page") or 1) - 1),
        )


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A link that narrows the search, or takes a narrowing away."""

    label: str
    address: str
    count: int | None = None
    is_chosen: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """One document of the answer, as its block of the page."""

    hit: Hit
    category: str
    passages: list[tuple[str, str, SafeString]]
    """Where it stands, the address of it, and the words."""


@require_GET
@opens_own_scope
def search_page(request: Any) -> HttpResponse:
    """The form, and beneath it what was found."""
    require(request, "view")
    form = SearchForm(request.GET)
    form.is_valid()
    answer, refusal = None, ""
    if form.cleaned_data.get("q"):
        try:
            asked = form.request(cleared=is_cleared(request))
            answer = search_documents(tenant=request.tenant, request=asked, now=timezone.now())
        except SearchRefused as error:
            refusal = str(error)
    context = admin.site.each_context(request) | {
        "title": "Search in documents",
        "opts": Document._meta,
        "form": form,
        "answer": answer,
        "refusal": refusal,
        "today": timezone.localdate(),
        **(_describe(request, form, answer) if answer else {}),
    }
    return TemplateResponse(request, "documents/search.html", context)


def _describe(request: HttpRequest, form: SearchForm, answer: Answer) -> dict[str, Any]:
    page = form.cleaned_data.get("page") or 1
    is_full = len(answer.hits) == PER_PAGE and page < LAST_PAGE
    return {
        "found": [_found(hit) for hit in answer.hits],
        "facets": list(_facets(request, answer)),
        "understood": [
            Choice(label=parsed.label, address=_address(request, add=("ignored", parsed.key)))
            for parsed in answer.parsed
        ],
        "earlier": _address(request, put=("page", str(page - 1))) if page > 1 else "",
        "further": _address(request, put=("page", str(page + 1))) if is_full else "",
    }


def _found(hit: Hit) -> Found:
    return Found(
        hit=hit,
        category=Category(hit.category).label,
        passages=[(_place(one), _cite(hit, one), _mark(one)) for one in hit.passages if one.snippet],
    )


def _place(passage: Passage) -> str:
    if passage.page_from == passage.page_to:
        return f"Page {passage.page_from}"
    return f"Pages {passage.page_from} to {passage.page_to}"


def _cite(hit: Hit, passage: Passage) -> str:
    return f"{text_address(hit.document_id, start=passage.snippet_from, end=passage.snippet_to)}#cited"


def _mark(passage: Passage) -> SafeString:
    """The snippet with the query's words marked; all of it is escaped."""
    # Between two pages stands a form feed, which no browser shows.
    snippet, at = passage.snippet.replace("\f", "\n"), 0
    pieces: list[tuple[str, SafeString]] = []
    for start, end in sorted(passage.matches):
        if start < at:
            continue
        mark = format_html('<mark class="agent-mark">{}</mark>', snippet[start:end])
        pieces.append((snippet[at:start], mark))
        at = end
    return format_html("{}{}", format_html_join("", "{}{}", pieces), snippet[at:])


def _facets(request: HttpRequest, answer: Answer) -> Iterator[tuple[str, list[Choice]]]:
    """The values of the answer's facets: following one narrows by it, following a chosen one takes it away."""
    labels = {"category": dict(Category.choices), "source": dict(SourceType.choices)}
    titles = {"category": "Category", "source": "Source"}
    for name, title in titles.items():
        chosen = request.GET.getlist(name)
        counts = dict.fromkeys((one for one in chosen if one in labels[name]), 0) | answer.facets.get(
            name, {}
        )
        choices = [
            Choice(
                label=str(labels[name].get(value, value)),
                count=count,
                is_chosen=value in chosen,
                address=_address(request, **{"drop" if value in chosen else "add": (name, value)}),
            )
            for value, count in counts.items()
        ]
        if choices:
            yield title, choices
    years = [
        Choice(label=year, count=count, address=_address(request, put=("q", f"{request.GET['q']} {year}")))
        for year, count in answer.facets.get("year", {}).items()
        if year not in request.GET["q"]
    ]
    if years:
        yield "Year", years


def _address(
    request: HttpRequest,
    *,
    add: tuple[str, str] | None = None,
    drop: tuple[str, str] | None = None,
    put: tuple[str, str] | None = None,
) -> str:
    """This search with one parameter added, dropped or put in place of its like; from the first page on."""
    pairs = [(name, value) for name, values in request.GET.lists() for value in values if name != "page"]
    if put is not None:
        pairs = [(name, value) for name, value in pairs if name != put[0]]
    changed: Sequence[tuple[str, str]] = [pair for pair in pairs if pair != drop]
    changed = [*changed, *(pair for pair in (add, put) if pair is not None)]
    return f"?{urlencode(changed)}"
