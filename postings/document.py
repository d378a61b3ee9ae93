"""A job posting as one plain value: what matching reads, snapshots keep and pasted text becomes.

The field names are those of the REST API, as with `resumes.document`.
"""

from __future__ import annotations

from resumes.document import Day, Entry, Technologies


class PostingDocument(Entry):
    """A whole posting. `employment_type` is a detail id of the code division of that name.

    `duties`, `requirements`, `preferred` and `benefits` hold one item to a line.
    """

    title: str = ""
    company: str = ""
    position: str = ""
    employment_type: str = ""
    experience_level: str = ""
    location: str = ""
    salary: str = ""
    deadline: Day = None
    url: str = ""
    duties: str = ""
    requirements: str = ""
    preferred: str = ""
    benefits: str = ""
    technology_stacks: Technologies = []
    memo: str = ""
