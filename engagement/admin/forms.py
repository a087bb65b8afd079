"""Forms over tenant tables that a person fills in."""

from __future__ import annotations

from typing import Any

from django import forms


class TenantModelForm(forms.ModelForm):
    """Checks the constraints of the table before the database does, and answers with their sentences.

    Django leaves out a constraint that names a field which is not on the form; the tenant is on none, and every
    unique constraint begins with it. `derived` names further fields that the model's `clean` fills in.
    """

    derived: tuple[str, ...] = ()

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"tenant", *self.derived}


class OneOfEach(forms.BaseInlineFormSet):
    """Rows of one parent of which no two may say the same in the field `distinct`."""

    distinct = ""
    complaint = "This stands here twice."

    def clean(self) -> None:
        """Refuse the second of two equal rows; the table would refuse it with a less helpful word."""
        super().clean()
        seen: set[Any] = set()
        for form in self.rows_kept():
            value = getattr(form.instance, self.distinct, None)
            if value in seen:
                form.add_error(None, self.complaint)
            seen.add(value)

    def rows_kept(self) -> list[forms.ModelForm]:
        """The filled-in rows that are not being deleted."""
        return [
            form
            for form in self.forms
            if form.is_valid()
            and (form.instance.pk or form.has_changed())
            and not self._should_delete_form(form)
        ]
