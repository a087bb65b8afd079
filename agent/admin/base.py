"""Base classes of console pages over tenant tables. The request's scope comes from `agent.middleware`.

A page that the agent writes is a list and, for each row, a page of sections; a person acts on a row through buttons,
each of which calls one service. How values are worded and shown is `agent.admin.display`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, update_wrapper
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.admin import ShowFacets, display
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from unfold.admin import ModelAdmin, TabularInline
from unfold.views import ChangeList

from agent.admin.display import NOTHING, Section, humanise, readable


def column(field: str, label: str) -> Callable[[models.Model], Any]:
    """A field as a column of a list, under the operator's word for it."""

    @display(description=label, ordering=field, empty_value=NOTHING)
    def read(row: models.Model) -> Any:
        return getattr(row, field)

    read.__name__ = field
    return read


class QuietChangeList(ChangeList):
    """A list that does not count the whole table to say how many rows a filter left out."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        if not self.show_full_result_count and not self.has_active_filters and not self.query:
            self.full_result_count = self.result_count


class TenantAdmin(ModelAdmin):
    """A page over one tenant's rows. PostgreSQL shows no others, so nothing here filters by tenant."""

    list_per_page = 50
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    exclude = ("tenant",)
    compressed_fields = False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return QuietChangeList


class ReadOnlyTenantAdmin(TenantAdmin):
    """A page over rows that the agent writes: an operator reads them, and acts through services."""

    # What an empty list means and what to do next; the list says it instead of "no results".
    empty_list = "The agent has written nothing here yet. It does when a cycle runs."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """The fields as declared, with structured values (JSON) shown as tables and lists."""
        structured = {
            field.name: _ReadableField(field)
            for field in self.opts.get_fields()
            if isinstance(field, models.JSONField)
        }
        return [
            (title, {**options, "fields": _replace(options["fields"], structured)})
            for title, options in super().get_fieldsets(request, obj)
        ]


class _ReadableField:
    """A JSON field as the admin's read-only display callable."""

    def __init__(self, field: models.JSONField) -> None:
        self.name = field.name
        self.__name__ = field.name
        self.short_description = field.verbose_name

    def __call__(self, row: models.Model) -> str:
        return readable(getattr(row, self.name))


def _replace(names: Sequence[Any], structured: dict[str, _ReadableField]) -> list[Any]:
    """The same fields, rows of fields included, with display callables for the structured ones."""
    return [
        tuple(_replace(name, structured)) if isinstance(name, list | tuple) else structured.get(name, name)
        for name in names
    ]


@dataclass(frozen=True, kw_only=True)
class Button:
    """Something a person may do with a row: the admin's method of that name carries it out and words the receipt.

    `needs_reason` asks for a typed reason, `takes_reason` offers to give one; a `form` asks for more than that, and is
    folded until it is wanted. `hidden` are values that the page saw and the act is bound to.
    """

    method: str
    label: str
    help_text: str = ""
    needs_reason: bool = False
    takes_reason: bool = False
    is_grave: bool = False
    hidden: tuple[tuple[str, str], ...] = ()
    form: Form | None = None
    url: str = ""


class ActForm(Form):
    """What a button asks for. The page shows several at once, so its fields are named after the button."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        act: str = "",
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, auto_id=f"{act}-%s", initial=dict(initial or {}))
        for field in self.fields.values():
            field.widget.attrs["class"] = "agent-input"

    def read(self) -> dict[str, Any]:
        """The values that were typed; raises `ActRefused` with everything that is wrong with them."""
        if self.is_valid():
            return self.cleaned_data
        wrong = [
            f"{self.fields[name].label or humanise(name)}: {' '.join(map(str, errors))}"
            for name, errors in self.errors.items()
        ]
        raise ActRefused(" ".join(wrong))


class ActRefused(ValueError):
    """What was typed into a button's form cannot be read; the message says what is wrong with it."""


class RecordAdmin(ReadOnlyTenantAdmin):
    """Rows of the agent, each shown as a page of sections instead of a form."""

    change_form_template = "agent/record.html"
    # Methods that buttons may call, and the refusals of services that a person reads as a sentence.
    button_methods: ClassVar[tuple[str, ...]] = ()
    refusals: ClassVar[tuple[type[Exception], ...]] = ()

    def name_page(self, row: Any) -> str:
        """What a row's page is called."""
        return str(row)

    def describe(self, row: Any) -> list[Section]:
        """The sections of a row's page."""
        raise NotImplementedError

    def describe_for(self, request: HttpRequest, row: Any) -> list[Section]:
        """The sections as the person may see them: the same for everybody, unless a page says otherwise."""
        return self.describe(row)

    def list_buttons(self, row: Any) -> list[Button]:
        """What may be done with the row as it stands."""
        return []

    def list_buttons_for(self, request: HttpRequest, row: Any) -> list[Button]:
        """What the person may do with the row."""
        return self.list_buttons(row) if self.may_act(request) else []

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """No fields: the page is made of sections."""
        return []

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        row = context["original"]
        context |= {
            "title": self.name_page(row),
            "subtitle": None,
            "sections": self.describe_for(request, row),
            "buttons": [self._with_url(button, row) for button in self.list_buttons_for(request, row)],
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def landing(self, row: Any) -> str:
        """Where a pressed button leads: back to the row."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[row.pk])

    def may_act(self, request: HttpRequest) -> bool:
        """Whether the person may press the buttons of this table."""
        return bool(request.user.has_perm(f"{self.opts.app_label}.change_{self.opts.model_name}"))

    def get_urls(self) -> list[URLPattern]:
        return [
            path(
                f"<int:object_id>/{method.replace('_', '-')}/",
                self.wrap_view(partial(self._press, method)),
                name=self._url_name(method),
            )
            for method in self.button_methods
        ] + super().get_urls()

    def wrap_view(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """A view of this admin as Django wraps its own: staff only, and known to belong to this table."""

        def wrapper(*args: Any, **kwargs: Any) -> HttpResponse:
            return self.admin_site.admin_view(view)(*args, **kwargs)

        wrapper.model_admin = self  # type: ignore[attr-defined]
        return update_wrapper(wrapper, view)

    def carry_out(self, method: str, request: HttpRequest, row: Any) -> str:
        """What a button does, by the method of its name; the receipt that the person reads."""
        return str(getattr(self, method)(request, row))

    def _press(self, method: str, request: HttpRequest, object_id: int) -> HttpResponse:
        """Carry out a button: one service call, its receipt or its refusal, and back to the row."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.may_act(request):
            raise PermissionDenied
        row = self.get_queryset(request).filter(pk=object_id).first()
        if row is None:
            raise Http404(f"There is no {self.opts.verbose_name} {object_id} here.")
        try:
            with transaction.atomic():
                receipt = self.carry_out(method, request, row)
        except ActRefused as refusal:
            messages.error(request, str(refusal))
        except self.refusals as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, receipt)
        return HttpResponseRedirect(self.landing(row))

    def _with_url(self, button: Button, row: models.Model) -> Button:
        url = reverse(f"admin:{self._url_name(button.method)}", args=[row.pk])
        return Button(**{**vars(button), "url": url})

    def _url_name(self, method: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{method}"


class ReadOnlyTenantInline(TabularInline):
    """Rows of the agent shown within the page of another row."""

    extra = 0
    can_delete = False
    exclude = ("tenant",)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
