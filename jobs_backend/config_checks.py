"""What single settings have to look like; each raises a ValidationError that says so."""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from environs import ValidationError, validate


def starts_with(*schemes: str) -> Any:
    def check(value: str) -> None:
        if not value.startswith(schemes):
            raise ValidationError(f"must start with {' or '.join(schemes)}")

    return check


def rate(value: str | None) -> None:
    if value is not None and not re.fullmatch(
        r"[1-9]\d{0,9} ?(/|per) ?(second|minute|hour|day)", value
    ):
        raise ValidationError("must be a number of requests and a time, such as 100/second")


def redis_url(value: str) -> None:
    # What Celery and the client of Redis understand alike.
    starts_with("redis://", "rediss://")(value)
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 - reading it checks it
    except ValueError as problem:
        raise ValidationError(str(problem).lower()) from problem
    if not re.fullmatch(r"(/\d*)?", url.path):
        raise ValidationError("may have only the number of a database after the host")
    options = [name for name, _ in parse_qsl(url.query, keep_blank_values=True)]
    if any(url.scheme == "redis" or not name.startswith("ssl_") for name in options):
        raise ValidationError("may have no options but those of rediss:// called ssl_...")


def files_url(value: str) -> None:
    # What kind of store it names may need a package that nothing else asks for.
    kind, sign, _ = value.partition("://")
    if not sign:
        return
    import fsspec

    try:
        fsspec.get_filesystem_class(kind)
    except (ImportError, ValueError) as problem:
        raise ValidationError(f"cannot be used: {problem}") from None


def networks(values: list[str]) -> None:
    for value in filter(None, map(str.strip, values)):
        try:
            ipaddress.ip_network(value)
        except ValueError as problem:
            raise ValidationError(f"must be networks such as 10.0.0.0/8: {problem}") from None


def server(value: str | None) -> None:
    # Where requests are sent: a path is appended to it.
    if value is None:
        return
    starts_with("https://", "http://")(value)
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 - reading it checks it
    except ValueError:  # whose text may have a part of a password in it
        raise ValidationError("has a host or port that cannot be") from None
    if not url.hostname or url.query or url.fragment:
        raise ValidationError("must have a host, and nothing after the path")
    if url.username is not None:
        raise ValidationError("may have no user or password in it")


def pairs(values: list[str]) -> None:
    if not all(all(pair(value)) for value in values if value.strip()):
        raise ValidationError("must be pairs such as retab-small=gpt-4o-mini, with commas between")


def pair(value: str) -> tuple[str, str]:
    name, _, meaning = value.partition("=")
    return name.strip(), meaning.strip()


def headers(value: Any) -> None:
    # What it is told never has the value in it: it may be secret.
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise ValidationError('must be a JSON object of texts, such as {"Api-Key": "..."}')
    if not all(re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) for name in value):
        raise ValidationError("has a name that no header may have")
    for text in value.values():
        header(text)


def header(value: str | None) -> None:
    if value is not None and not re.fullmatch(r"[!-~]([ -~]*[!-~])?", value):
        raise ValidationError("has characters that no header may have")


def choice(*allowed: str) -> Any:
    return validate.OneOf(allowed, error=f"must be one of {', '.join(allowed)}")
