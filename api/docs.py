"""The documentation page at /docs: Swagger UI from its package, so that it works offline."""

from __future__ import annotations

from pathlib import Path

import flask_swagger_ui
from flask import Blueprint, Response, send_from_directory

blueprint = Blueprint("docs", __name__, url_prefix="/docs")

_ASSETS = Path(flask_swagger_ui.__file__).parent / "dist"
_SERVED = ("swagger-ui.css", "swagger-ui-bundle.js", "index.css", "favicon-32x32.png")
# Nothing from elsewhere, and no script in the page itself. The styles are Swagger UI's own.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Jobs API</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/index.css">
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
</head>
<body>
<div id="page"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({url: "openapi.json", dom_id: "#page", deepLinking: true});
"""


@blueprint.route("", strict_slashes=True)
def page() -> Response:
    """The API's description, to read and to try."""
    answer = Response(_PAGE, content_type="text/html; charset=utf-8")
    answer.headers["Content-Security-Policy"] = _POLICY
    return answer


@blueprint.route("/start.js")
def start() -> Response:
    """What the page runs."""
    return Response(_START, content_type="text/javascript; charset=utf-8")


for _name in _SERVED:
    blueprint.add_url_rule(
        f"/{_name}",
        _name.replace(".", "_"),
        lambda name=_name: send_from_directory(_ASSETS, name, max_age=3600),
    )
