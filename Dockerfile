# The production image: web, worker and beat are the same image with different commands.
# Any base of the Debian family with python3 (3.11+) and its venv module will do.
ARG BASE=python:3.13-slim

FROM ${BASE} AS packages
COPY requirements/production.txt /tmp/requirements.txt
RUN python3 -m venv /venv \
    && /venv/bin/python -m pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM ${BASE}
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STATIC_ROOT=/app/collected \
    MEDIA_ROOT=/media
# What lays out PDFs, and a font with Hangul to put into them.
RUN apt-get update -qq \
    && apt-get install -qq --yes --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 fonts-nanum \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent gaechwi \
    && install -d -o gaechwi -g gaechwi /media
COPY --from=packages /venv /venv
WORKDIR /app
COPY . .
# Collecting needs the settings, though none of these values is kept.
RUN python -m gaechwi.translations \
    && SECRET_KEY=build SITE_URL=http://localhost DATABASE_URL=sqlite://:memory: \
       REDIS_URL=redis://localhost EMAIL_URL=memorymail:// \
       JWT_SECRET_KEY=for-the-build-only-and-of-32-bytes-or-more \
       python manage.py collectstatic --no-input \
    && python -m compileall -q .
USER gaechwi
VOLUME /media
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "scripts/healthcheck.py"]
# What does not differ stands in gunicorn.conf.py.
CMD ["gunicorn", "gaechwi.asgi", "--bind=0.0.0.0:8000", "--workers=2", "--worker-tmp-dir=/dev/shm"]
