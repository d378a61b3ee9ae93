"""The same answers by the architecture that is usual elsewhere, to be measured against.

    uvicorn bench.peer:app --loop uvloop --http httptools

FastAPI, SQLAlchemy 2 (async), asyncpg and Pydantic 2 over the same tables, written as its best
engineers would: what hangs on a row is read by selectinload, nothing lazily, answers are response
models, tokens are checked by their signature alone, codes are read once.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException, Query
from pydantic import BaseModel, ConfigDict, Field, PlainSerializer
from sqlalchemy import BigInteger, DateTime, ForeignKey, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload

SITE_URL = os.environ["SITE_URL"]
SECRET = os.environ["JWT_SECRET_KEY"]
MAX_PAGE_SIZE = 100
engine = create_async_engine(os.environ["PEER_DATABASE_URL"], pool_size=16, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
details: dict[tuple[str, str], str] = {}


class Table(DeclarativeBase):
    """What all tables share."""

    type_annotation_map = {
        int: BigInteger,
        datetime: DateTime(timezone=True),
        list[str]: JSONB,
        list[dict[str, Any]]: JSONB,
    }


class Code(Table):
    """The code table."""

    __tablename__ = "codes_code"
    code_id: Mapped[int] = mapped_column(primary_key=True)
    division: Mapped[str]
    detail_id: Mapped[str]
    code_detail: Mapped[str]


class Entry:
    """What the sections of a résumé share."""

    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[int] = mapped_column(default=0)
    resume_id: Mapped[int] = mapped_column(ForeignKey("resumes_resume.resume_id"))


class Period:
    """When something began and ended."""

    start_date: Mapped[date | None]
    end_date: Mapped[date | None]


class Experience(Entry, Period, Table):
    """One job."""

    __tablename__ = "resumes_experience"
    company: Mapped[str]
    position: Mapped[str] = mapped_column(default="")
    department: Mapped[str] = mapped_column(default="")
    employment_type: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")


class Education(Entry, Period, Table):
    """One school."""

    __tablename__ = "resumes_education"
    school: Mapped[str]
    major: Mapped[str] = mapped_column(default="")
    education_level: Mapped[str] = mapped_column(default="")
    graduation_status: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")


class Project(Entry, Period, Table):
    """One project."""

    __tablename__ = "resumes_project"
    title: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    link: Mapped[str] = mapped_column(default="")
    technology_stacks: Mapped[list[str]]


class Activity(Entry, Period, Table):
    """One activity."""

    __tablename__ = "resumes_activity"
    title: Mapped[str]
    activity_type: Mapped[str] = mapped_column(default="")
    organization: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")


class Qualification(Entry, Table):
    """One certificate."""

    __tablename__ = "resumes_qualification"
    title: Mapped[str]
    agency: Mapped[str] = mapped_column(default="")
    acquired_date: Mapped[date | None]
    score: Mapped[str] = mapped_column(default="")


class Technology(Entry, Table):
    """One technology."""

    __tablename__ = "resumes_technologystack"
    title: Mapped[str]


def _section(entry: type[Any]) -> Any:
    return relationship(entry, order_by=(entry.order, entry.id))


class Resume(Table):
    """A résumé."""

    __tablename__ = "resumes_resume"
    resume_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    title: Mapped[str]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")
    birth_date: Mapped[date | None]
    gender: Mapped[str] = mapped_column(default="")
    military_service: Mapped[str] = mapped_column(default="")
    introduction: Mapped[str] = mapped_column(default="")
    resume_type: Mapped[str] = mapped_column(default="1")
    source_resume_id: Mapped[int | None]
    photo_id: Mapped[int | None]
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    experiences: Mapped[list[Experience]] = _section(Experience)
    educations: Mapped[list[Education]] = _section(Education)
    projects: Mapped[list[Project]] = _section(Project)
    activities: Mapped[list[Activity]] = _section(Activity)
    qualifications: Mapped[list[Qualification]] = _section(Qualification)
    technologies: Mapped[list[Technology]] = _section(Technology)

    @property
    def technology_stacks(self) -> list[str]:
        """The titles of its technologies."""
        return [technology.title for technology in self.technologies]

    @property
    def photo_url(self) -> str | None:
        """Where its photo is."""
        return f"{SITE_URL}/api/resumes/{self.resume_id}/photo" if self.photo_id else None


class JobPosting(Table):
    """A posting."""

    __tablename__ = "postings_jobposting"
    posting_id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str]
    title: Mapped[str]
    company: Mapped[str]
    position: Mapped[str]
    employment_type: Mapped[str]
    experience_level: Mapped[str]
    location: Mapped[str]
    salary: Mapped[str]
    deadline: Mapped[date | None]
    url: Mapped[str]
    duties: Mapped[str]
    requirements: Mapped[str]
    preferred: Mapped[str]
    benefits: Mapped[str]
    technology_stacks: Mapped[list[str]]
    memo: Mapped[str]
    is_active: Mapped[bool]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Content(Table):
    """One remark."""

    __tablename__ = "feedback_feedbackcontent"
    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_id: Mapped[int] = mapped_column(ForeignKey("feedback_resumefeedback.feedback_id"))
    order: Mapped[int]
    feedback_division: Mapped[str]
    feedback_result: Mapped[str]
    section: Mapped[str]
    quote: Mapped[str]

    @property
    def feedback_division_detail(self) -> str:
        """The words of its division."""
        return details.get(("feedback_division", self.feedback_division), "")


class Feedback(Table):
    """A feedback."""

    __tablename__ = "feedback_resumefeedback"
    feedback_id: Mapped[int] = mapped_column(primary_key=True)
    resume_id: Mapped[int] = mapped_column(ForeignKey("resumes_resume.resume_id"))
    posting_id: Mapped[int | None]
    status: Mapped[str]
    engine: Mapped[str]
    matching_rate: Mapped[int | None]
    matching_parts: Mapped[list[dict[str, Any]]]
    parent_content: Mapped[str]
    error: Mapped[str]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    feedback_contents: Mapped[list[Content]] = relationship(Content, order_by=Content.order)


def _in_utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


Moment = Annotated[datetime, PlainSerializer(_in_utc)]


class Out(BaseModel):
    """An answer, made from rows."""

    model_config = ConfigDict(from_attributes=True)


class ExperienceOut(Out):
    """A job, said."""

    company: str
    department: str = ""
    position: str = ""
    employment_type: str = ""
    start_date: date | None = None
    end_date: date | None = None
    description: str = ""


class EducationOut(Out):
    """A school, said."""

    school: str
    major: str = ""
    education_level: str = ""
    graduation_status: str = ""
    grade: str = ""
    start_date: date | None = None
    end_date: date | None = None


class ProjectOut(Out):
    """A project, said."""

    title: str
    role: str = ""
    start_date: date | None = None
    end_date: date | None = None
    description: str = ""
    link: str = ""
    technology_stacks: list[str] = []


class ActivityOut(Out):
    """An activity, said."""

    title: str
    activity_type: str = ""
    organization: str = ""
    start_date: date | None = None
    end_date: date | None = None
    description: str = ""


class QualificationOut(Out):
    """A certificate, said."""

    title: str
    agency: str = ""
    acquired_date: date | None = None
    score: str = ""


class ResumeIn(Out):
    """A résumé as it is sent."""

    title: str = Field(max_length=100)
    name: str = Field(max_length=50)
    email: str = ""
    phone: str = ""
    address: str = ""
    birth_date: date | None = None
    gender: str = ""
    military_service: str = ""
    introduction: str = Field("", max_length=10_000)
    experiences: list[ExperienceOut] = []
    educations: list[EducationOut] = []
    projects: list[ProjectOut] = []
    activities: list[ActivityOut] = []
    qualifications: list[QualificationOut] = []
    technology_stacks: list[str] = []


class ResumeOut(ResumeIn):
    """A résumé as it is given."""

    resume_id: int
    user_id: str
    resume_type: str
    source_resume_id: int | None
    photo_url: str | None
    created_at: Moment
    updated_at: Moment


class PostingOut(Out):
    """A posting as it is given."""

    posting_id: int
    user_id: str
    title: str
    company: str
    position: str
    employment_type: str
    experience_level: str
    location: str
    salary: str
    deadline: date | None
    url: str
    duties: str
    requirements: str
    preferred: str
    benefits: str
    technology_stacks: list[str]
    memo: str
    created_at: Moment
    updated_at: Moment


class ContentOut(Out):
    """A remark as it is given."""

    feedback_division: str
    feedback_division_detail: str
    feedback_result: str
    section: str
    quote: str


class FeedbackOut(Out):
    """A feedback as it is given."""

    feedback_id: int
    resume_id: int
    posting_id: int | None
    status: str
    engine: str
    matching_rate: int | None
    matching_parts: list[dict[str, Any]]
    parent_content: str
    feedback_contents: list[ContentOut]
    error: Annotated[str, PlainSerializer(lambda error: error or None)]
    created_at: Moment
    finished_at: Moment | None


class ResumePage(Out):
    """A page of résumés."""

    count: int
    page: int
    page_size: int
    results: list[ResumeOut]


class PostingPage(Out):
    """A page of postings."""

    count: int
    page: int
    page_size: int
    results: list[PostingOut]


@asynccontextmanager
async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
    """Read the codes once."""
    async with sessions() as session:
        for code in await session.scalars(select(Code)):
            details[code.division, code.detail_id] = code.code_detail
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


async def session_of_request() -> AsyncIterator[AsyncSession]:
    """Give a session to a request."""
    async with sessions() as session:
        yield session


def user_of_request(authorization: Annotated[str, Header()]) -> str:
    """Return the id of the user of a token. Raises HTTPException for one that is not ours."""
    try:
        token = jwt.decode(authorization.removeprefix("Bearer "), SECRET, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise HTTPException(401) from None
    return str(token["user_id"])


Session = Annotated[AsyncSession, Depends(session_of_request)]
UserId = Annotated[str, Depends(user_of_request)]
Page = Annotated[int, Query(ge=1)]
PageSize = Annotated[int, Query(ge=1, le=MAX_PAGE_SIZE)]
SECTIONS = [
    selectinload(Resume.experiences),
    selectinload(Resume.educations),
    selectinload(Resume.projects),
    selectinload(Resume.activities),
    selectinload(Resume.qualifications),
    selectinload(Resume.technologies),
]


@app.get("/api/resumes/{resume_id}", response_model=ResumeOut)
async def read_resume(resume_id: int, user_id: UserId, session: Session) -> Resume:
    """Give a résumé with its sections."""
    query = select(Resume).options(*SECTIONS)
    query = query.where(Resume.resume_id == resume_id, Resume.user_id == user_id, Resume.is_active)
    resume = await session.scalar(query)
    if resume is None:
        raise HTTPException(404)
    return resume


@app.get("/api/resumes/", response_model=ResumePage)
async def list_resumes(
    user_id: UserId, session: Session, page: Page = 1, page_size: PageSize = 20
) -> dict[str, Any]:
    """List résumés with their sections."""
    mine = [Resume.user_id == user_id, Resume.is_active]
    query = select(Resume).options(*SECTIONS).where(*mine)
    query = query.order_by(Resume.updated_at.desc(), Resume.resume_id.desc())
    rows = await session.scalars(query.limit(page_size).offset((page - 1) * page_size))
    count = await session.scalar(select(func.count()).select_from(Resume).where(*mine))
    return {"count": count, "page": page, "page_size": page_size, "results": rows.all()}


@app.get("/api/job-postings/", response_model=PostingPage)
async def list_postings(
    user_id: UserId,
    session: Session,
    title: str = "",
    page: Page = 1,
    page_size: PageSize = 6,
) -> dict[str, Any]:
    """List postings; `title` is looked for anywhere."""
    mine = [JobPosting.user_id == user_id, JobPosting.is_active]
    if title:
        mine.append(JobPosting.title.icontains(title, autoescape=True))
    query = select(JobPosting).where(*mine)
    query = query.order_by(JobPosting.created_at.desc(), JobPosting.posting_id.desc())
    rows = await session.scalars(query.limit(page_size).offset((page - 1) * page_size))
    count = await session.scalar(select(func.count()).select_from(JobPosting).where(*mine))
    return {"count": count, "page": page, "page_size": page_size, "results": rows.all()}


@app.get("/api/resume_feedbacks/{feedback_id}", response_model=FeedbackOut)
async def read_feedback(feedback_id: int, user_id: UserId, session: Session) -> Feedback:
    """Give a feedback with its remarks."""
    query = select(Feedback).options(selectinload(Feedback.feedback_contents)).join(Resume)
    query = query.where(
        Feedback.feedback_id == feedback_id, Resume.user_id == user_id, Resume.is_active
    )
    feedback = await session.scalar(query)
    if feedback is None:
        raise HTTPException(404)
    return feedback


@app.post("/api/resumes/", response_model=ResumeOut, status_code=201)
async def create_resume(said: ResumeIn, user_id: UserId, session: Session) -> Resume:
    """Make a résumé with its sections."""
    now = datetime.now(UTC)
    basics = said.model_dump(include=ResumeIn.model_fields.keys() - _SECTION_TABLES.keys())
    basics.pop("technology_stacks")
    resume = Resume(user_id=user_id, created_at=now, updated_at=now, **basics)
    for name, table in _SECTION_TABLES.items():
        entries = enumerate(getattr(said, name))
        setattr(resume, name, [table(order=n, **one.model_dump()) for n, one in entries])
    titles = enumerate(said.technology_stacks)
    resume.technologies = [Technology(order=n, title=title) for n, title in titles]
    session.add(resume)
    await session.commit()
    return resume


_SECTION_TABLES: dict[str, type[Any]] = {
    "experiences": Experience,
    "educations": Education,
    "projects": Project,
    "activities": Activity,
    "qualifications": Qualification,
}
