"""What every answer of a model has in common."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, field_validator


class Answer(BaseModel):
    """An answer, or a part of one: its schema allows no other fields.

    Null characters are left out, as PostgreSQL can store none.
    """

    model_config = ConfigDict(extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _leave_out_nulls(cls, value: object) -> object:
        if isinstance(value, list):
            return [cls._leave_out_nulls(item) for item in value]
        return value.replace("\0", "") if isinstance(value, str) else value
