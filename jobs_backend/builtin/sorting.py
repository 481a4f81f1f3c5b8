"""`/v1/splits`, `/v1/partitions` and `/v1/classifications`: what pages and documents are."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from jobs_backend.builtin import common
from jobs_backend.endpoints import Endpoint

_BUNDLE = {
    "filename": "bundle.txt",
    "url": "data:text/plain,Invoice%0ATotal%3A%2012%20EUR%0CTerms%20of%20contract",
}
_KINDS = [
    {"name": "invoice", "description": "A bill with a total"},
    {"name": "contract", "description": "Terms that two parties sign"},
]


class Kind(common.Lenient):
    """Something that a document, or a part of it, may be."""

    name = fields.String(required=True, validate=validate.Length(min=1, max=256))
    description = fields.String(load_default="", validate=validate.Length(max=common.MAX_TEXT))


class Subdocument(Kind):
    """A kind of document within a bundle."""

    allow_multiple_instances = common.Truth(load_default=False)


class SplitRequest(common.DocumentRequest):
    """`/v1/splits`: find the documents that a bundle is made of."""

    subdocuments = fields.List(
        fields.Nested(Subdocument),
        required=True,
        validate=validate.Length(min=1, max=common.MAX_ITEMS),
    )
    instructions = common.text()
    n_consensus = common.consensus(8)


class Part(Schema):
    """A part of a bundle."""

    name = fields.String(required=True)
    pages = fields.List(fields.Integer(), required=True, metadata={"description": "From 1."})


class SplitResponse(Schema):
    """`/v1/splits`: which pages are which document."""

    id = fields.String(required=True)
    file = fields.Nested(common.FileReference, required=True)
    model = fields.String(required=True)
    output = fields.List(fields.Nested(Part), required=True)
    consensus = fields.Nested(common.Consensus, required=True)
    usage = fields.Nested(common.Usage, required=True)
    created_at = fields.String(required=True)


class PartitionRequest(common.DocumentRequest):
    """`/v1/partitions`: find the pages that belong to each value of a key."""

    key = common.needed_text()
    instructions = common.needed_text()
    n_consensus = common.consensus(8)
    allow_overlap = common.Truth(load_default=True)


class Chunk(Schema):
    """The pages of one value of the key."""

    key = fields.String(required=True)
    pages = fields.List(fields.Integer(), required=True, metadata={"description": "From 1."})


class PartitionResponse(Schema):
    """`/v1/partitions`: which pages belong to which value of the key."""

    id = fields.String(required=True)
    file = fields.Nested(common.FileReference, required=True)
    model = fields.String(required=True)
    key = fields.String(required=True)
    output = fields.List(fields.Nested(Chunk), required=True)
    consensus = fields.Nested(common.Consensus, required=True)
    usage = fields.Nested(common.Usage, required=True)
    created_at = fields.String(required=True)


class ClassificationRequest(common.DocumentRequest):
    """`/v1/classifications`: find the category that a document belongs to."""

    categories = fields.List(
        fields.Nested(Kind),
        required=True,
        validate=validate.Length(min=1, max=common.MAX_ITEMS),
    )
    first_n_pages = common.WholeNumber(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(min=1)
    )
    instructions = common.text()
    n_consensus = common.consensus(8)


class Classification(Schema):
    """A category, and why it is this one."""

    reasoning = fields.String(required=True)
    category = fields.String(required=True)


class ClassificationConsensus(Schema):
    """What a model said each time, and how many of them agree with the answer."""

    choices = fields.List(fields.Nested(Classification), required=True)
    likelihood = fields.Float(required=True, allow_none=True)


class ClassificationResponse(Schema):
    """`/v1/classifications`: the category."""

    id = fields.String(required=True)
    file = fields.Nested(common.FileReference, required=True)
    model = fields.String(required=True)
    output = fields.Nested(Classification, required=True)
    consensus = fields.Nested(ClassificationConsensus, required=True)
    usage = fields.Nested(common.Usage, required=True)
    created_at = fields.String(required=True)


ENDPOINTS = [
    Endpoint(
        "/v1/splits",
        request=SplitRequest,
        response=SplitResponse,
        example={"document": _BUNDLE, "subdocuments": _KINDS},
        handler="workers.endpoints.splits:run",
        soft_time_limit=900,
        time_limit=960,
    ),
    Endpoint(
        "/v1/partitions",
        request=PartitionRequest,
        response=PartitionResponse,
        example={
            "document": _BUNDLE,
            "key": "invoice number",
            "instructions": "One part for each invoice.",
        },
        handler="workers.endpoints.partitions:run",
        soft_time_limit=900,
        time_limit=960,
    ),
    Endpoint(
        "/v1/classifications",
        request=ClassificationRequest,
        response=ClassificationResponse,
        example={"document": _BUNDLE, "categories": _KINDS},
        handler="workers.endpoints.classifications:run",
        soft_time_limit=900,
        time_limit=960,
    ),
]
