"""Showing and scoring what the agent reads in mails, without storing them: `manage.py evaluate_mail`.

`reports` is what one mail says, `mails` where mails come from, `desks` what a tenant knows, `labels` and `scores` how
well labelled mails were read. The reading itself is `engagement.mail.reading`'s.
"""
