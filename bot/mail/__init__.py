"""E-mail: the outbox's channel `mail`, emptied into the municipality's own mail server by SMTP; the only package that knows aiosmtplib."""
