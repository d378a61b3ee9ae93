from __future__ import annotations

import pytest

from postings.document import PostingDocument
from postings.parsing import parse
from postings.tests import PASTED_ON, pasted_texts, posting_documents

READ = {name: parse(text, PASTED_ON) for name, text in pasted_texts().items()}


@pytest.mark.parametrize("field", PostingDocument.model_fields)
@pytest.mark.parametrize("name", pasted_texts())
def test_it_works(name: str, field: str) -> None:
    assert getattr(READ[name].document, field) == getattr(posting_documents()[name], field)
