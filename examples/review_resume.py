"""Has a résumé reviewed through the REST API: alone, against a posting, and then rewritten.

pip install httpx2
GAECHWI_EMAIL=… GAECHWI_PASSWORD=… python review_resume.py http://127.0.0.1:8000
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any
from uuid import uuid4

import httpx2

RESUME = {
    "title": "백엔드 개발자",
    "name": "김개취",
    "introduction": "결제 서버를 5년 동안 만들고 운영했습니다. 늘 성실하게 일하겠습니다.",
    "experiences": [
        {
            "company": "나루로지텍",
            "position": "백엔드 개발자",
            "start_date": "2021-03",
            "end_date": None,
            "description": "- 결제 API의 응답 시간을 800ms에서 120ms로 줄임\n- 배포를 자동화함",
        }
    ],
    "technology_stacks": ["Python", "Django", "PostgreSQL"],
}
POSTING = {
    "title": "결제 플랫폼 서버 개발자",
    "company": "온새미페이",
    "requirements": "- Python 서버 개발 3년 이상\n- 결제 시스템 운영 경험\n- Kafka 사용 경험",
    "technology_stacks": ["Python", "Kafka"],
}


def send(http: httpx2.Client, method: str, path: str, **options: Any) -> httpx2.Response:
    """Return the answer to a request; end the program with what the server says is wrong."""
    answer = http.request(method, path, **options)
    if answer.is_success:
        return answer
    if answer.headers.get("Content-Type") != "application/problem+json":
        sys.exit(f"{method} {path}: {answer.status_code}")
    problem = answer.json()
    print(f"{method} {path}: {problem['status']} {problem['title']}: {problem['detail']}")
    for error in problem.get("errors", []):
        print(f"  {error['field']}: {error['detail']}")
    if "Retry-After" in answer.headers:
        print(f"  Try again in {answer.headers['Retry-After']} s.")
    sys.exit(1)


def do(http: httpx2.Client, path: str) -> dict[str, Any]:
    """Start a job and return what came of it, however long it takes."""
    # The key lets this request be sent again after a broken connection without a second job.
    headers = {"Prefer": "wait=60", "Idempotency-Key": str(uuid4())}
    answer = send(http, "POST", path, headers=headers)
    job: dict[str, Any] = answer.json()
    while job["status"] in {"queued", "running"}:
        time.sleep(2)
        job = send(http, "GET", answer.headers["Location"]).json()
    if job["status"] == "failed":
        sys.exit(f"POST {path}: the job failed: {job['error']}")
    return job


def main(site: str) -> None:
    """Run all steps and print a line or a few of each."""
    # A request that waits for a job takes a minute at most.
    with httpx2.Client(base_url=site, timeout=70) as http:
        who = {"email": os.environ["GAECHWI_EMAIL"], "password": os.environ["GAECHWI_PASSWORD"]}
        token = send(http, "POST", "/api/auth/token", json=who).json()["access_token"]
        http.headers["Authorization"] = f"Bearer {token}"
        resume = send(http, "POST", "/api/resumes/", json=RESUME).json()["resume_id"]
        posting = send(http, "POST", "/api/job-postings/", json=POSTING).json()["posting_id"]

        review = do(http, f"/api/resume_feedbacks/standard/{resume}")
        print(f"Review ({review['engine']}): {review['parent_content']}")
        for content in review["feedback_contents"]:
            print(f"- [{content['feedback_division_detail']}] {content['feedback_result']}")

        match = do(http, f"/api/resume_feedbacks/posting/{resume}/{posting}")
        print(f"Matching rate: {match['matching_rate']}%")

        improvement = do(http, f"/api/resume_feedbacks/standard_resume/{match['feedback_id']}")
        improved = send(http, "GET", f"/api/resumes/{improvement['resume_id']}").json()
        print(f"Improved résumé {improved['resume_id']}: {improved['title']}")
        for left_out in improvement["unconfirmed"]:
            print(f"- to be confirmed: {left_out['text']}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
