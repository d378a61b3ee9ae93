"""How the time of the rules grows with what a hostile person writes: with its length, not faster."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from confined.parent import BASE_DIR
from feedback.checks import run_checks
from feedback.invented.detection import find_inventions
from feedback.matching import match
from feedback.orders import is_order
from imports.parsing import parse as parse_resume
from interviews.probing import probe_of
from interviews.topics import BasisKind, Difficulty, Topic
from postings.document import PostingDocument
from postings.parsing import parse as parse_posting
from resumes.document import DESCRIPTION_MAX_LENGTH, ResumeDocument
from resumes.sample import sample_document
from tests.reliability import Outcome

ON = date(2026, 11, 1)
