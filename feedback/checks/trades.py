"""What trade a résumé belongs to, as far as a review has to know it."""

from __future__ import annotations

import re

from resumes.document import ResumeDocument

# Titles that only people of the IT trades carry: "개발" alone is also done to menus and markets.
_IT = re.compile(
    r"(?<!사업)(?<!메뉴)(?<!상품)(?<!제품)(?<!사업 )(?<!메뉴 )(?<!상품 )(?<!제품 )개발자|백엔드"
    r"|프론트엔드|프런트엔드|풀스택|소프트웨어"
    r"|프로그래머"
    r"|(?:웹|앱|서버|시스템|게임|안드로이드|iOS|펌웨어|임베디드|AI|데이터) ?(?:개발|엔지니어)"
    r"|데이터 ?(?:분석가|사이언티스트|과학자)|머신러닝|데브옵스|클라우드 ?엔지니어"
    r"|네트워크 ?엔지니어|정보보안"
    r"|(?:back|front)-?\s?end|full-?\s?stack|developer|software|devops|\bSRE\b|\bDBA\b|programmer",
    re.IGNORECASE,
)
_IT_MAJOR = re.compile(r"컴퓨터|소프트웨어|정보통신|전산|정보보호|인공지능|데이터사이언스")

# Trades that ask for a licence, or where a certificate decides who is invited.
_LICENSED = re.compile(
    r"간호|약사|(?:물리|작업)치료|방사선사|임상병리|치위생|치기공|응급구조|영양사|사회복지|보육"
    r"|교사|요양보호|조리|셰프|주방|제과|제빵"
    r"|바리스타|회계|세무|경리|미용사|전기기사|용접|지게차|안전관리|물류|공인중개|간병"
)
# Words that show the licence elsewhere in the résumé, so that it need not be asked for again.
_LICENCE_SHOWN = re.compile(r"자격증|면허|기사 ?자격|[12]급|정교사")

# Trades that are judged by their works before their words. A 헤어 디자이너 sends no portfolio.
_WORKS = re.compile(
    r"(?<!헤어)(?<!헤어 )(?<!네일)(?<!네일 )(?<!뷰티 )디자이너|일러스트레이터|아트 ?디렉터"
    r"|영상 ?(?:편집|PD|제작)|모션 ?그래픽|포토그래퍼|사진작가|건축 ?설계|웹툰"
    r"|(?:UX|UI|GUI|BX|제품|시각|그래픽|공간|패션) ?디자인"
)
_WORKS_SHOWN = re.compile(r"https?://|behance|포트폴리오 ?(?:주소|링크|첨부|제출)", re.IGNORECASE)


def _job_words(document: ResumeDocument) -> str:
    words = [document.title]
    words += (f"{job.position} {job.department}" for job in document.experiences)
    words += (project.role for project in document.projects)
    return "\n".join(words)


def is_it(document: ResumeDocument) -> bool:
    """Return whether the résumé is one for an IT job, by its title, positions and roles.

    The majors are asked only where there is no job yet.
    """
    if _IT.search(_job_words(document)):
        return True
    if document.experiences:
        return False
    return any(_IT_MAJOR.search(school.major) for school in document.educations)


def lacks_works(document: ResumeDocument) -> bool:
    """Return whether the trade is judged by works and the résumé shows none."""
    if document.projects or not _WORKS.search(_job_words(document)):
        return False
    written = [document.introduction, *(job.description for job in document.experiences)]
    return not any(_WORKS_SHOWN.search(words) for words in written)


def lacks_licence(document: ResumeDocument) -> bool:
    """Return whether the trade lives on licences or certificates and the résumé shows none."""
    if document.qualifications or not _LICENSED.search(_job_words(document)):
        return False
    return _LICENCE_SHOWN.search(document.introduction) is None
