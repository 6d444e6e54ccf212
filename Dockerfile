# One image for the web server, the worker and the scheduler. No secret is part of it.
FROM node:24-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY static static
RUN npm run build


FROM python:3.13-slim AS packages
COPY requirements-production.txt /
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --only-binary :all: --require-hashes \
        -r /requirements-production.txt


FROM python:3.13-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin mtvp \
    && install -d -o mtvp -g mtvp -m 0700 /files

WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=mtvp.settings \
    MTVP_LOCAL_DIR=/tmp/mtvp \
    MTVP_STATIC_ROOT=/app/static-collected \
    MTVP_PRIVATE_DIR=/files/private \
    MTVP_REPORT_DIR=/files/reports

COPY --from=packages /venv /venv
COPY manage.py ./
COPY locale locale
COPY templates templates
COPY mtvp mtvp
COPY practices practices
COPY interventions interventions
COPY highusers highusers
COPY training training
COPY monitoring monitoring
COPY static static
COPY --from=front-end /build/static/dist static/dist
# Keys made for this step only are thrown away with their folder.
RUN python -m compileall -q /app \
    && python -m mtvp.catalogue compile \
    && python -m django collectstatic --no-input --verbosity 0 --ignore scss --ignore build.mjs \
    && rm -rf /tmp/mtvp

ENV MTVP_PRODUCTION=1
USER mtvp
EXPOSE 8000
CMD ["gunicorn", "mtvp.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--threads", "4", "--worker-tmp-dir", "/dev/shm", "--no-control-socket", "--access-logfile", "-", \
     "--logger-class", "mtvp.privacy.access_log.AccessLog"]
